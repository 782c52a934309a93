/** Where the demo's company can be found: what its agents send with two clicks. */
export const DEMO_LOCATIONS = [
  { name: "Aurora Service Milano", address: "Via Roma 1, 20121 Milano", latitude: 45.4642, longitude: 9.19 },
  { name: "Aurora Showroom", address: "Corso Sempione 40, 20154 Milano", latitude: 45.4807, longitude: 9.1663 },
  { name: "Parts warehouse", address: "Via Emilia 210, San Donato Milanese", latitude: 45.4145, longitude: 9.2655 },
  { name: "Aurora Monza", address: "Viale Libertà 5, 20900 Monza", latitude: 45.585, longitude: 9.29 },
]
