/** Images by the category that the first run gave them (row) and the second (column): what stays lies on the diagonal. */
export type FlowMatrix = readonly (readonly number[])[]

/** Refuses a flow matrix that cannot be: square, with whole counts from 0.
 *  Throws RangeError that names `caller`, what it expected and what it received. */
export function requireFlowMatrix(caller: string, flow: FlowMatrix): void {
  for (const row of flow) {
    if (row.length !== flow.length) {
      throw new RangeError(`${caller} expected ${flow.length} columns in every row but received ${row.length}`)
    }
    const wrong = row.find((images) => !Number.isSafeInteger(images) || images < 0)
    if (wrong !== undefined) throw new RangeError(`${caller} expected whole counts from 0 but received ${wrong}`)
  }
}
