import { join } from 'node:path'
import { describeInferenceError } from './describe-inference-error.js'
import type { ImageEncoder, TextEncoder } from './encoder-signature.js'
import type { Inference } from './inference-client.js'
import type { ModelSignature } from './inference-protocol.js'
import type { ModelFolder } from './read-model-folder.js'
import type { Loaded } from './run-encoders.js'
import { tensorMemory } from './tensor-memory.js'

export type LoadedWithSignature<Encoder> = Loaded<Encoder> & { readonly signature: ModelSignature }

/** Called whenever files of a model folder were loaded: rejects when they are not those that the caller means. */
export type ConfirmFiles = (folder: string, files: readonly string[]) => Promise<void>

/** Loads one encoder of a model folder, with the weights beside it, and describes how it is fed. Throws ModelError. */
export async function loadEncoder<Encoder extends ImageEncoder | TextEncoder>(
  inference: Inference,
  { folder }: ModelFolder,
  [file, ...data]: readonly [string, ...string[]],
  describe: (signature: ModelSignature, at: string) => Encoder,
  confirm: ConfirmFiles = () => Promise.resolve(),
): Promise<LoadedWithSignature<Encoder>> {
  const at = join(folder, file)
  const confirmAll = (): Promise<void> => confirm(folder, [file, ...data])
  const loading = inference.loadModel({ path: at }, {}, confirmAll)
  const { session, signature } = await loading.catch(async (error: unknown) => {
    await confirmAll() // a file that was changed is refused as that, whatever became of it
    throw describeInferenceError(error, at)
  })
  return { session, signature, encoder: describe(signature, at), at, memory: tensorMemory() }
}

/** A value that is made when it is first asked for, and then kept. */
export type Once<Result> = (() => Promise<Result>) & { readonly isMade: () => boolean }

export function once<Result>(make: () => Promise<Result>): Once<Result> {
  let made: Promise<Result> | undefined
  return Object.assign(() => (made ??= make()), { isMade: () => made !== undefined })
}
