/** How the name of an image is made from one column: the cell alone, or with text around it, as in `{bioguide}.jpg`. */
export type ImageName = { readonly column: string; readonly before: string; readonly after: string }

const AROUND_ONE_COLUMN = /^([^{}]*)\{([^{}]+)\}([^{}]*)$/

/** Reads what a plan maps `image` to: a column, or text around `{column}`. A column that is really called so comes first. */
export function imageNameOf(written: string, header: readonly string[]): ImageName {
  const [, before = '', column, after = ''] = AROUND_ONE_COLUMN.exec(written) ?? []
  return column === undefined || header.includes(written)
    ? { column: written, before: '', after: '' }
    : { column, before, after }
}

/** The name of one image. An empty cell names none, whatever stands around it. */
export function fillImageName({ before, after }: ImageName, cell: string): string {
  return cell === '' ? '' : `${before}${cell}${after}`
}
