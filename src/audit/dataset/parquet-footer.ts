import { parquetSchema } from 'hyparquet'
import type { parquetMetadataAsync } from 'hyparquet'

/** What stands at the end of a Parquet file: its schema, and where each column of each row group lies. */
export type Footer = Awaited<ReturnType<typeof parquetMetadataAsync>>

type Group = Footer['row_groups'][number]
type Node = ReturnType<typeof parquetSchema>
type Branch = Pick<Node, 'element'> & { readonly children: readonly Branch[] }

/** The parts of a row group that hold a column, or one field of it. */
export function chunksOf(group: Group, column: string, field: string | null = null): Group['columns'] {
  return group.columns.filter(({ meta_data }) => {
    const [top, next] = meta_data?.path_in_schema ?? []
    return top === column && (field === null || next === field)
  })
}

/** The footer as if a struct did not have this field; as if the column were not there where it is its only one. */
export function withoutField(footer: Footer, column: string, field: string): Footer {
  const root = parquetSchema(footer)
  const children = root.children.flatMap((child): Branch[] => {
    if (child.element.name !== column) return [child]
    const left = child.children.filter(({ element }) => element.name !== field)
    return left.length === 0 ? [] : [{ element: child.element, children: left }]
  })
  return {
    ...footer,
    schema: flat({ element: root.element, children }),
    row_groups: footer.row_groups.map((group) => ({
      ...group,
      columns: group.columns.filter((chunk) => !chunksOf({ ...group, columns: [chunk] }, column, field).length),
    })),
  }
}

/** A schema is written as its nodes in order, each with the number of its children; a leaf has no such number, and a root may have none left. */
function flat({ element, children }: Branch): Footer['schema'] {
  const count = element.num_children === undefined ? {} : { num_children: children.length }
  return [{ ...element, ...count }, ...children.flatMap(flat)]
}

/** Throws an Error unless every row group has one chunk for each leaf of the schema, of its type and in its order, with a value for every row, as the format wants.
 *  hyparquet would begin with chunks of other columns as well and never look at how they ended: a fault there would end the whole process. A footer
 *  that promises rows which no column has would be read for ever, one null after another. */
export function requireChunksOfSchema(footer: Footer): void {
  const leaves = leavesOf(parquetSchema(footer), false)
  for (const { columns, num_rows } of footer.row_groups) {
    const fits = columns.every(({ meta_data }, index) => {
      const leaf = leaves.at(index)
      return (
        meta_data !== undefined &&
        leaf?.type === meta_data.type &&
        leaf.path === pathText(meta_data.path_in_schema) &&
        (leaf.isRepeated ? meta_data.num_values >= num_rows : meta_data.num_values === num_rows) // an empty list counts as one
      )
    })
    if (!fits || columns.length !== leaves.length) throw new Error('its parts are not those of its schema')
  }
}

type Leaf = { readonly path: string; readonly type: string | undefined; readonly isRepeated: boolean }

function leavesOf({ children, element, path }: Node, isInList: boolean): Leaf[] {
  const isRepeated = isInList || element.repetition_type === 'REPEATED'
  if (children.length === 0) return [{ path: pathText(path), type: element.type, isRepeated }]
  return children.flatMap((child) => leavesOf(child, isRepeated))
}

function pathText(path: readonly string[]): string {
  return JSON.stringify(path)
}
