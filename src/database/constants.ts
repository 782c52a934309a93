/**
 * Writes a statement's own constants as literals: SQLite proves that a partial index fits (`state = 'queued'`) only
 * from literals, never from bound values. Whatever comes from outside is a slot and stays bound.
 */
import {
  OperationNodeTransformer,
  type PrimitiveValueListNode,
  type RootOperationNode,
  ValueListNode,
  ValueNode,
} from "kysely"
import { Slot } from "./slot.ts"

export const withLiteralConstants = (node: RootOperationNode): RootOperationNode => new Literal().transformNode(node)

class Literal extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return node.value instanceof Slot || node.immediate ? node : ValueNode.createImmediate(node.value)
  }

  /** A list such as that of `in ("queued", "sending")`. The compiler takes either kind of node for it. */
  protected override transformPrimitiveValueList(node: PrimitiveValueListNode): PrimitiveValueListNode {
    if (node.values.some((value) => value instanceof Slot)) return node
    return ValueListNode.create(node.values.map(ValueNode.createImmediate)) as unknown as PrimitiveValueListNode
  }
}
