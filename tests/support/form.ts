/** Whether the long form was asked for (`scripts/test --long`). */
export const isLong = process.env.TEST_FORM === "long"
