/**
 * Preloaded into the appliance: at SIGUSR2 the system answers every fsync and fdatasync of its main thread with the
 * error of FAILING_FSYNC, as a dying disk would (EIO), or one that learns only then that it is full (ENOSPC).
 */
import { dlopen, ptr } from "bun:ffi"
import { failingErrno } from "../support/form.ts"

const { symbols } = dlopen("libc.so.6", {
  prctl: { args: ["i32", "u64", "u64", "u64", "u64"], returns: "i32" },
})
const PR_SET_SECCOMP = 22
const PR_SET_NO_NEW_PRIVS = 38
const SECCOMP_MODE_FILTER = 2n
const [FSYNC, FDATASYNC] = process.arch === "arm64" ? [82, 83] : [74, 75]

process.on("SIGUSR2", () => answerFsyncWith(failingErrno))

/** A filter of three questions in the kernel's own small language: load the call's number, compare, return. */
function answerFsyncWith(errno: number): void {
  const LOAD = 0x20
  const JUMP_IF_EQUAL = 0x15
  const RETURN = 0x06
  const ALLOW = 0x7fff_0000
  const FAIL = 0x0005_0000
  const program = [
    [LOAD, 0, 0, 0],
    [JUMP_IF_EQUAL, 2, 0, FSYNC],
    [JUMP_IF_EQUAL, 1, 0, FDATASYNC],
    [RETURN, 0, 0, ALLOW],
    [RETURN, 0, 0, FAIL | errno],
  ] as const
  const code = new DataView(new ArrayBuffer(program.length * 8))
  for (const [index, [instruction, then, otherwise, value]] of program.entries()) {
    code.setUint16(index * 8, instruction, true)
    code.setUint8(index * 8 + 2, then)
    code.setUint8(index * 8 + 3, otherwise)
    code.setUint32(index * 8 + 4, value, true)
  }
  const head = new DataView(new ArrayBuffer(16))
  head.setUint16(0, program.length, true)
  head.setBigUint64(8, BigInt(ptr(code)), true)
  if (symbols.prctl(PR_SET_NO_NEW_PRIVS, 1n, 0n, 0n, 0n) !== 0) throw new Error("no_new_privs was refused")
  if (symbols.prctl(PR_SET_SECCOMP, SECCOMP_MODE_FILTER, BigInt(ptr(head)), 0n, 0n) !== 0)
    throw new Error("the system refuses filters of its calls")
}
