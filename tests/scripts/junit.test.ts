import { describe, expect, test } from "bun:test"
import { closingLine, outcomeOf, outcomeWithout, sum } from "../../scripts/lib/junit.ts"

/** As `bun test --reporter=junit` writes it. */
const REPORT = `<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="bun test" tests="4" failures="1" skipped="1">
  <testsuite name="tests/a.test.ts" file="tests/a.test.ts" tests="3">
    <testcase name="a &lt;b&gt; &quot;c&quot; &#10; &amp;d" classname="" time="0.1" file="tests/a.test.ts" line="2" assertions="1" />
    <testsuite name="closing" file="tests/a.test.ts" line="3">
      <testcase name="refuses &amp; says why" classname="closing" time="0.1" file="tests/a.test.ts" line="4" assertions="1">
        <failure type="AssertionError" message="expect(received)&#10;">AssertionError</failure>
      </testcase>
      <testcase name="later" classname="closing" time="0" file="tests/a.test.ts" line="5" assertions="0">
        <skipped />
      </testcase>
    </testsuite>
  </testsuite>
  <testsuite name="tests/b.test.ts" file="tests/b.test.ts" tests="1">
    <testcase name="e" classname="" time="0.1" file="tests/b.test.ts" line="1" assertions="1" />
  </testsuite>
</testsuites>`

describe("the outcome of a test run", () => {
  test("counts what the report says and names what failed", () => {
    expect(outcomeOf(REPORT, ["tests/a.test.ts", "tests/b.test.ts"])).toEqual({
      passed: 2,
      failed: 1,
      skipped: 1,
      failures: [{ file: "tests/a.test.ts", title: "tests/a.test.ts:4: closing > refuses & says why" }],
    })
  })

  test("a file that the report does not mention is a failure", () => {
    const { passed, failed, failures } = outcomeOf(REPORT, ["tests/a.test.ts", "tests/b.test.ts", "tests/c.test.ts"])
    expect([passed, failed]).toEqual([2, 2])
    expect(failures.at(-1)).toEqual({
      file: "tests/c.test.ts",
      title: "tests/c.test.ts: no test of this file was run",
    })
  })

  test("without a report every file is a failure", () => {
    expect(outcomeOf(null, ["tests/a.test.ts", "tests/b.test.ts"])).toMatchObject({ passed: 0, failed: 2 })
  })

  test("a file that was run once more counts only there", () => {
    const files = ["tests/a.test.ts", "tests/b.test.ts", "tests/c.test.ts"]
    expect(outcomeWithout(REPORT, files, ["tests/a.test.ts", "tests/c.test.ts"])).toEqual({
      passed: 1,
      failed: 0,
      skipped: 0,
      failures: [],
    })
  })

  test("the closing line adds the suites up, and mentions skipped tests only when there are some", () => {
    const one = outcomeOf(REPORT, ["tests/a.test.ts", "tests/b.test.ts"])
    expect(closingLine(sum([one, one]))).toBe("4 passed, 2 failed, 2 skipped")
    expect(closingLine(sum([]))).toBe("0 passed, 0 failed")
  })
})
