/** Why the demo's customers write. */

const reason = (title: string, reasons: readonly (string | object)[] = [], mayStop = false) => ({
  title,
  mayStop,
  reasons,
})

export const DEMO_PROFILING = [
  {
    name: "Aurora",
    reasons: [
      reason("Sales", [
        reason("Test drive", ["Booked", "Moved", "Cancelled"]),
        reason("Offer", ["Sent", "Accepted", "Declined"], true),
        reason("Availability", ["In stock", "Ordered"], true),
        "Trade-in",
      ]),
      reason("Service", [
        reason("Booking", ["Booked", "Moved", "Cancelled", "Information only"]),
        reason("Repair in progress", ["Ready", "Delayed"], true),
        reason("Warranty", ["Covered", "Not covered"]),
        reason("Loan car", ["Reserved", "None free"]),
        "Complaint",
      ]),
      reason("Parts", ["Price", "Order", "Delivery"]),
      reason("Invoices and payments", ["Invoice sent again", "Payment received", "Payment by instalments"]),
      "Not for us",
    ],
  },
]
