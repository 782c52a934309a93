/** Adds the tenant to every table that a statement touches: reads, joins, changes, removals, insertions. */
import {
  AliasNode,
  AndNode,
  BinaryOperationNode,
  ColumnNode,
  type ColumnUpdateNode,
  type DeleteQueryNode,
  IdentifierNode,
  type InsertQueryNode,
  type JoinNode,
  type OnConflictNode,
  OnNode,
  type OperationNode,
  OperationNodeTransformer,
  OperatorNode,
  ParensNode,
  PrimitiveValueListNode,
  ReferenceNode,
  type RootOperationNode,
  type SelectQueryNode,
  sql,
  TableNode,
  type UpdateQueryNode,
  ValueListNode,
  ValueNode,
  ValuesNode,
  WhereNode,
} from "kysely"
import { assert } from "~/kernel/assert.ts"
import { tenantAt } from "./places.ts"
import { TENANT_SLOT } from "./slot.ts"

export const bindToTenant = (node: RootOperationNode): RootOperationNode => new TenantBinding().transformNode(node)

class TenantBinding extends OperationNodeTransformer {
  protected override transformSelectQuery(node: SelectQueryNode): SelectQueryNode {
    const bound = super.transformSelectQuery(node)
    const tables = (bound.from?.froms ?? []).map(tableOf).filter((table) => table !== null)
    return tables.length === 0 ? bound : { ...bound, where: narrowed(bound.where, tables) }
  }

  protected override transformUpdateQuery(node: UpdateQueryNode): UpdateQueryNode {
    const bound = super.transformUpdateQuery(node)
    assert(bound.table && tableOf(bound.table), "an update names its table")
    assert(!bound.from && !bound.joins, "an update touches one table")
    assert(!bound.updates?.some(setsTenant), "no statement changes a tenant")
    return { ...bound, where: narrowed(bound.where, [tableOf(bound.table)!]) }
  }

  protected override transformDeleteQuery(node: DeleteQueryNode): DeleteQueryNode {
    const bound = super.transformDeleteQuery(node)
    assert(!bound.using && !bound.joins, "a removal touches one table")
    return {
      ...bound,
      where: narrowed(
        bound.where,
        bound.from.froms.map(tableOf).filter((table) => table !== null),
      ),
    }
  }

  protected override transformInsertQuery(node: InsertQueryNode): InsertQueryNode {
    const bound = super.transformInsertQuery(node)
    assert(bound.columns && bound.values && ValuesNode.is(bound.values), "an insertion lists its values")
    assert(!bound.columns.some((column) => column.column.name === "tenant"), "no statement names a tenant")
    return {
      ...bound,
      ...(bound.onConflict ? { onConflict: ownRowOnly(bound.onConflict, bound.into) } : {}),
      columns: [ColumnNode.create("tenant"), ...bound.columns],
      values: ValuesNode.create(
        bound.values.values.map((row) =>
          PrimitiveValueListNode.is(row)
            ? PrimitiveValueListNode.create([TENANT_SLOT, ...row.values])
            : ValueListNode.create([ValueNode.create(TENANT_SLOT), ...row.values]),
        ),
      ),
    }
  }

  protected override transformJoin(node: JoinNode): JoinNode {
    const bound = super.transformJoin(node)
    const table = tableOf(bound.table)
    if (table === null) return bound
    const on = bound.on ? OnNode.cloneWithOperation(bound.on, "And", isTenant(table)) : OnNode.create(isTenant(table))
    return { ...bound, on }
  }
}

/** A row that is in the way is changed only when it is the tenant's own; a key that is unique on the appliance may not be. */
function ownRowOnly(node: OnConflictNode, into: InsertQueryNode["into"]): OnConflictNode {
  if (!node.updates) return node
  assert(into && tableOf(into), "an insertion names its table")
  assert(!node.updates.some(setsTenant), "no statement changes a tenant")
  return { ...node, updateWhere: narrowed(node.updateWhere, [tableOf(into)!]) }
}

/** A table, and the name by which the rest of the statement knows it. */
type Named = { table: string; name: string }

/** Null for a subquery, which is bound by itself. */
function tableOf(node: OperationNode): Named | null {
  if (TableNode.is(node)) return { table: node.table.identifier.name, name: node.table.identifier.name }
  if (AliasNode.is(node) && TableNode.is(node.node)) {
    assert(IdentifierNode.is(node.alias), "a table's alias is a name")
    return { table: node.node.table.identifier.name, name: node.alias.name }
  }
  return null
}

function narrowed(where: WhereNode | undefined, tables: readonly Named[]): WhereNode {
  const tests = tables.map(isTenant)
  const [first, ...rest] = where ? [ParensNode.create(where.where), ...tests] : tests
  assert(first, "a statement touches a table")
  return WhereNode.create(rest.reduce<OperationNode>((all, test) => AndNode.create(all, test), first))
}

/** Indexes of words have no column for it: the place of a row tells whose it is. */
const PLACED: ReadonlySet<string> = new Set(["wordIndex", "nameIndex"])

const isTenant = ({ table, name }: Named): OperationNode =>
  BinaryOperationNode.create(
    PLACED.has(table)
      ? tenantAt(sql.ref<number>(`${name}.rowid`)).toOperationNode()
      : ReferenceNode.create(ColumnNode.create("tenant"), TableNode.create(name)),
    OperatorNode.create("="),
    ValueNode.create(TENANT_SLOT),
  )

const setsTenant = (update: ColumnUpdateNode) => ColumnNode.is(update.column) && update.column.column.name === "tenant"
