/**
 * Writes a statement's own constants as literals: SQLite proves that a partial index fits (`state = 'queued'`) only
 * from literals, never from bound values. Whatever comes from outside is a slot and stays bound.
 */
import { OperationNodeTransformer, type RootOperationNode, ValueNode } from "kysely"
import { Slot } from "./slot.ts"

export const withLiteralConstants = (node: RootOperationNode): RootOperationNode => new Literal().transformNode(node)

class Literal extends OperationNodeTransformer {
  protected override transformValue(node: ValueNode): ValueNode {
    return node.value instanceof Slot || node.immediate ? node : ValueNode.createImmediate(node.value)
  }
}
