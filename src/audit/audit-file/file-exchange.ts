import { renameSync, rmSync } from 'node:fs'
import type * as fileSystem from 'node:fs/promises'
import { join } from 'node:path'
import { DefinitionError } from '../errors.js'
import { errorCode } from '../disk/error-code.js'

/** The file calls that are made here, so that a test can make any one of them fail. */
export type ExchangeFiles = Pick<typeof fileSystem, 'copyFile' | 'link' | 'lstat' | 'mkdir' | 'rename' | 'rm'>

type Place = {
  readonly folder: string
  /** Where the new files lie. */
  readonly staging: string
  /** Where the earlier ones are kept until the new ones are in place. */
  readonly aside: string
}

/** Files that lie in a staging folder, put in the place of those in another: all of them, or none. No system does that in one step, so what
 *  was there is kept until the end and put back where a step fails, or where the process is stopped between two. `kill -9` and a power failure leave no time for that. */
export class FileExchange {
  private readonly earlier = new Set<string>()
  private stage: 'kept' | 'placing' | 'clearing' | 'placed' = 'kept'

  /** `names` are put in place, `stale` removed. */
  constructor(
    private readonly files: ExchangeFiles,
    private readonly place: Place,
    private readonly names: readonly string[],
    private readonly stale: readonly string[],
  ) {}

  /** Rejects with the system's error about the file in `folder`, everything there being as it was; with DefinitionError (`out.mixed`) where it could not
   *  be put back. A folder in the place of a file is refused before anything moves. */
  async carryOut(): Promise<void> {
    const { files, place, names, stale } = this
    for (const name of [...names, ...stale]) if (await this.isThere(name)) this.earlier.add(name)
    await files.mkdir(place.aside, { mode: 0o700 })
    for (const name of this.earlier) await this.keep(name)
    try {
      this.stage = 'placing'
      for (const name of names) await this.about(name, files.rename(this.staged(name), this.target(name)))
      this.stage = 'clearing'
      for (const name of stale) await files.rm(this.target(name), { force: true })
    } catch (error) {
      this.stage = 'placing'
      await this.putBack(error)
      this.stage = 'kept'
      throw error
    }
    this.stage = 'placed'
  }

  /** Makes an end, one way or the other, where the process stops in the middle. */
  atExit(): void {
    if (this.stage === 'clearing') for (const name of this.stale) rmSync(this.target(name), { force: true })
    if (this.stage !== 'placing') return
    for (const name of this.names) rmSync(this.staged(name), { force: true }) // a rename under way has come through, or does no more
    for (const name of [...this.names, ...this.stale]) {
      if (this.earlier.has(name)) renameSync(this.kept(name), this.target(name))
      else rmSync(this.target(name), { force: true })
    }
  }

  private async putBack(cause: unknown): Promise<void> {
    const { files, place } = this
    const steps = [...this.names, ...this.stale].map(
      (name) => () =>
        this.earlier.has(name)
          ? files.rename(this.kept(name), this.target(name))
          : files.rm(this.target(name), { force: true }),
    )
    let isBack = true
    for (const step of steps) await step().catch(() => (isBack = false))
    if (isBack) return
    const fault = {
      at: place.folder,
      expected: 'a disk that takes all results, or the earlier ones back',
      received: `one that failed (${errorCode(cause)}): some files may be of this run and others of an earlier one`,
      hint: `Run it again. The earlier files are in ${place.aside} until then`,
    }
    throw new DefinitionError('out.mixed', fault, { cause })
  }

  private async isThere(name: string): Promise<boolean> {
    const path = this.target(name)
    const found = await this.files.lstat(path).catch((error: unknown) => {
      if (errorCode(error) === 'ENOENT') return null
      throw error
    })
    if (found?.isDirectory() === true) throw Object.assign(new Error(`EISDIR: ${path}`), { code: 'EISDIR', path })
    return found !== null
  }

  /** A second name for the same file, so that it is never missing from its place; a copy where the disk knows no such names. */
  private async keep(name: string): Promise<void> {
    const [from, to] = [this.target(name), this.kept(name)]
    try {
      await this.files.link(from, to)
    } catch (error) {
      if (!NO_LINKS.includes(errorCode(error))) throw error
      await this.about(name, this.files.copyFile(from, to))
    }
  }

  /** An error about a file on the way is one about the file that was wanted. */
  private async about(name: string, step: Promise<void>): Promise<void> {
    await step.catch((error: unknown) => {
      throw error instanceof Error ? Object.assign(error, { path: this.target(name) }) : error
    })
  }

  private target(name: string): string {
    return join(this.place.folder, name)
  }

  private staged(name: string): string {
    return join(this.place.staging, name)
  }

  private kept(name: string): string {
    return join(this.place.aside, name)
  }
}

const NO_LINKS: readonly string[] = ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS', 'EINVAL', 'EMLINK']
