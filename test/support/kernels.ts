import { readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import wabt from 'wabt'

/** A kernel in WebAssembly: its text, and the code that was compiled from it, in base64 under the name of a constant. */
export type KernelFiles = { readonly folder: string; readonly name: string; readonly constant: string }

/** What `<name>-code.ts` should hold, and what it holds; `npm run kernel` writes the one into the other. */
export async function kernelCode({
  folder,
  name,
  constant,
}: KernelFiles): Promise<{ expected: string; written: string }> {
  const text = readFileSync(join(folder, `${name}.wat`), 'utf8')
  const { buffer } = (await wabt()).parseWat(`${name}.wat`, text, { simd: true }).toBinary({})
  const expected = `/** Compiled from ${name}.wat by \`npm run kernel\`; a test holds the two together. */
export const ${constant} =
  '${Buffer.from(buffer).toString('base64')}'
`
  const file = join(folder, `${name}-code.ts`)
  if (process.env['KERNEL'] === 'write') writeFileSync(file, expected)
  return { expected, written: readFileSync(file, 'utf8') }
}
