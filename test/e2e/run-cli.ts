import { spawnSync } from 'node:child_process'
import { mkdtempSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

/** The built command line. */
export const MAIN = join(import.meta.dirname, '../../dist/cli/main.js')

export type Ran = { readonly status: number | null; readonly stdout: string; readonly stderr: string }

/** Runs the built command line as a user does (npm test builds it first). */
export function probity(args: readonly string[], options: { cwd?: string; env?: NodeJS.ProcessEnv } = {}): Ran {
  const { status, stdout, stderr } = spawnSync(process.execPath, [MAIN, ...args], {
    encoding: 'utf8',
    maxBuffer: 2 ** 28,
    env: testEnvironment(),
    ...options,
  })
  return { status, stdout, stderr }
}

/** A test never touches the store of who runs it, and Node does not remark on the colours that vitest asks for. */
export function testEnvironment(): NodeJS.ProcessEnv {
  return { ...process.env, PROBITY_STORE: ownStore(), FORCE_COLOR: undefined, NO_COLOR: undefined }
}

let own: string | undefined

/** A store for the runs of one test file. */
function ownStore(): string {
  own ??= join(temporaryFolder(), 'store')
  return own
}

/** A fresh temporary folder. */
export function temporaryFolder(): string {
  return mkdtempSync(join(tmpdir(), 'probity-test-'))
}
