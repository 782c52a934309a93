/** Whether the long form was asked for (`scripts/test --long`). */
export const isLong = process.env.TEST_FORM === "long"

/** The system's number of the error that a preloaded fault answers with; in the environment of the process it breaks. */
export const failingErrno: number = Number(process.env.FAILING_FSYNC)
