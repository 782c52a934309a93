/** What is sent by mail, the oldest first. */
export { schedulesOf } from "../store/schedules.ts"
