import { createHash } from 'node:crypto'
import { join } from 'node:path'
import { hashFile } from './hash-file.js'
import type { ModelFolder } from './read-model-folder.js'

/** A file of a model folder: path inside the folder (with `/`), SHA-256 and size. */
export type ModelFile = readonly [path: string, sha256: string, bytes: number]

/** Who hashes a file of a model folder: {@link hashModelFile}, or somebody who remembers what it gave. */
export type HashFile = (folder: string, file: string) => Promise<ModelFile>

export type ModelIdentity = { readonly sha256: string; readonly files: readonly ModelFile[] }

/**
 * Identity of a model: config, preprocessor, tokenizer (with tokenizer_config.json where there is one), image encoder, text encoder,
 * external data, in that order. It is what `sha256sum <files in this order> | sha256sum` prints inside the folder.
 */
export function identifyModel(model: ModelFolder, hashFile: HashFile = hashModelFile): Promise<ModelIdentity> {
  return identify(model, hashFile, [
    'config.json',
    'preprocessor_config.json',
    'tokenizer.json',
    ...(model.hasTokenizerConfig ? ['tokenizer_config.json'] : []),
    model.visionFile,
    model.textFile,
    ...model.visionData,
    ...model.textData,
  ])
}

/** Identity of the image encoder alone: with the preprocessing, it decides every image vector. */
export function identifyVision(model: ModelFolder, hashFile: HashFile = hashModelFile): Promise<ModelIdentity> {
  return identify(model, hashFile, [model.visionFile, ...model.visionData])
}

/** Identity of the text encoder alone: with the tokens, it decides every text vector. */
export function identifyText(model: ModelFolder, hashFile: HashFile = hashModelFile): Promise<ModelIdentity> {
  return identify(model, hashFile, [model.textFile, ...model.textData])
}

/** SHA-256 and size of one file of the folder. */
export async function hashModelFile(folder: string, file: string): Promise<ModelFile> {
  const { sha256, bytes } = await hashFile(join(folder, file))
  return [file, sha256, bytes]
}

async function identify({ folder }: ModelFolder, hashFile: HashFile, names: readonly string[]): Promise<ModelIdentity> {
  const files: ModelFile[] = []
  for (const name of new Set(names)) files.push(await hashFile(folder, name))
  return { sha256: identityOf(files), files }
}

/** SHA-256 over the hashes and names of files, as `sha256sum` prints them. */
export function identityOf(files: readonly ModelFile[]): string {
  const lines = files.map(([path, sha256]) => `${sha256}  ${path}\n`)
  return createHash('sha256').update(lines.join('')).digest('hex')
}
