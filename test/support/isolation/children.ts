import { existsSync, readFileSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

/** The built program of a process for isolation: there is none in TypeScript. */
export const BUILT_CHILD = new URL('../../../dist/audit/model/isolated-child.js', import.meta.url)

/** One that dies of marked inputs. */
export const MARKED_CHILD = new URL('./marked-child.mjs', import.meta.url)

/** A program with a process that decodes. */
export const RUN_WITH_CHILD = new URL('./run-with-child.mjs', import.meta.url)

export const isBuilt = existsSync(fileURLToPath(BUILT_CHILD))

/** Process ids of the children of a process that serve isolation, oldest first (Linux). */
export function isolatedChildren(parent: number = process.pid): number[] {
  const pids = readFileSync(`/proc/${parent}/task/${parent}/children`, 'utf8').trim().split(' ')
  return pids.filter((pid) => pid !== '' && commandOf(pid).includes('-child.')).map(Number)
}

function commandOf(pid: string): string {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // gone in the meantime
  }
}
