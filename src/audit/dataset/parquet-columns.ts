import type { parquetSchema } from 'hyparquet'

/** What a column of a Parquet file holds. `fields` are those of a struct. */
export type ParquetColumn = {
  readonly name: string
  readonly kind: 'text' | 'bytes' | 'boolean' | 'integer' | 'float' | 'list' | 'struct' | 'other'
  readonly fields: readonly ParquetColumn[]
}

type Node = ReturnType<typeof parquetSchema>['children'][number]

/** What a node of the schema holds. Dates, decimals, maps and whatever else has a meaning of its own are `other`. */
export function columnOf({ element, children }: Node): ParquetColumn {
  const kind = kindOf({ element, children })
  return { name: element.name, kind, fields: kind === 'struct' ? children.map(columnOf) : [] }
}

function kindOf({ element, children }: Pick<Node, 'element' | 'children'>): ParquetColumn['kind'] {
  const { type, converted_type: converted, logical_type: logical } = element
  if (converted === 'LIST' || logical?.type === 'LIST' || element.repetition_type === 'REPEATED') return 'list'
  if (children.length > 0) return converted === undefined && logical === undefined ? 'struct' : 'other'
  if (converted === 'UTF8' || logical?.type === 'STRING' || converted === 'ENUM') return 'text'
  if (type === 'BOOLEAN') return 'boolean'
  if (type === 'FLOAT' || type === 'DOUBLE' || logical?.type === 'FLOAT16') return 'float'
  if ((type === 'INT32' || type === 'INT64') && isPlainInteger(converted, logical?.type)) return 'integer'
  if (type === 'BYTE_ARRAY' && converted === undefined && logical === undefined) return 'bytes'
  return 'other'
}

function isPlainInteger(converted: string | undefined, logical: string | undefined): boolean {
  return (converted === undefined || /^U?INT_/.test(converted)) && (logical === undefined || logical === 'INTEGER')
}
