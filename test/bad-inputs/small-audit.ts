import { cpSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { buildPhantom, type PhantomFiles } from '../../src/phantom/build-phantom.js'
import { temporaryFolder } from '../e2e/run-cli.js'
import { smallWorld } from '../phantom/worlds.js'

export type SmallAudit = {
  readonly phantom: PhantomFiles
  /** A folder of this test file. */
  readonly folder: string
  /** Writes a file into the folder and gives its path. */
  readonly file: (name: string, text: string | Uint8Array) => string
  /** A copy of the phantom's image folder, to be spoiled. */
  readonly copyOfImages: (name: string) => string
  /** Arguments of an audit of the phantom's 84 tiles; a flag that is given takes the place of the same one. Results go to `folder/run`. */
  readonly audit: (...extra: string[]) => string[]
}

/** A whole audit in small, in which one thing is made bad at a time. */
export async function smallAudit(): Promise<SmallAudit> {
  const folder = temporaryFolder()
  const phantom = await buildPhantom({
    world: smallWorld(),
    folder: join(folder, 'phantom'),
    sampling: 'quota',
    seed: 1,
  })
  const flags = [
    '--model',
    phantom.model,
    '--dataset',
    'fairface',
    '--images',
    phantom.images,
    '--labels',
    phantom.labels,
  ]
  return {
    phantom,
    folder,
    file: (name, text) => {
      const path = join(folder, name)
      writeFileSync(path, text)
      return path
    },
    copyOfImages: (name) => {
      const path = join(folder, name)
      cpSync(phantom.images, path, { recursive: true })
      return path
    },
    audit: (...extra) => [
      'audit',
      ...[...flags, '--out', join(folder, 'run')].filter((_, index, all) => !extra.includes(all[index - (index % 2)])),
      ...extra,
    ],
  }
}
