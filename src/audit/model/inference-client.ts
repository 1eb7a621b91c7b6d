import { availableParallelism } from 'node:os'
import type { Isolation } from '../types/isolation.js'
import { InferenceError, openLocalChannel } from './inference-channel.js'
import type { Confirm } from './inference-channel.js'
import { buffersOf } from './inference-protocol.js'
import type {
  InferenceReply,
  InferenceRequest,
  LoadOptions,
  ModelSignature,
  ModelSource,
  NamedTensor,
} from './inference-protocol.js'
import { openIsolatedChannel } from './isolated-channel.js'
import type { SessionProfile } from './read-profile.js'

/** A model loaded by the inference server. */
export type LoadedModel = { readonly session: number; readonly signature: ModelSignature }

/** ONNX models run beside this thread. Errors are InferenceError with ONNX Runtime's own words, or ChildEnded where the process that ran them ended. */
export type Inference = {
  readonly threads: number
  /** Version of ONNX Runtime; empty until a model was loaded. */
  readonly version: () => string
  /** `confirm` is asked once the model is loaded, and whenever it is loaded again because its process ended. */
  readonly loadModel: (source: ModelSource, options?: LoadOptions, confirm?: Confirm) => Promise<LoadedModel>
  /** Runs a model. The memory of `feeds` is given away: the arrays are empty afterwards. Outputs come in the order asked for, and with
   *  them the memory of the feeds, in order, to be filled again. */
  readonly run: (session: number, feeds: readonly NamedTensor[], outputs: readonly string[]) => Promise<RunResult>
  /** What was noted of a session that was loaded with `isProfiled`; nothing more is noted afterwards. */
  readonly endProfile: (session: number) => Promise<SessionProfile>
  readonly unloadModel: (session: number) => Promise<void>
  readonly close: () => Promise<void>
}

export type RunResult = Pick<Extract<InferenceReply, { kind: 'ran' }>, 'outputs' | 'spent'>

export type InferenceOptions = {
  /** Used inside each operation; default all cores. Results can differ in the last bits between numbers of threads. */
  readonly threads?: number | undefined
  readonly inProcess?: boolean | undefined
  /** Run models in a process of its own, which may die of them. */
  readonly isolation?: Isolation | undefined
}

/**
 * Opens the inference server: a worker thread, because ONNX Runtime blocks the thread it runs in, or with `isolation` such a thread in another process.
 * From TypeScript sources there is no worker file, and with `inProcess` none is wanted: then it runs in this thread.
 */
export function openInference({ threads, inProcess, isolation }: InferenceOptions = {}): Inference {
  const cores = threads ?? availableParallelism()
  const channel = isolation === undefined ? openLocalChannel({ inProcess }) : openIsolatedChannel(isolation)
  let version = ''
  const ask = async (request: InferenceRequest, moved: ArrayBuffer[], confirm?: Confirm): Promise<InferenceReply> => {
    const reply = await channel.ask(request, moved, confirm)
    if (reply.kind === 'failed') throw new InferenceError(reply.message)
    return reply
  }
  return {
    threads: cores,
    version: () => version,
    loadModel: async (source, options = {}, confirm) => {
      const reply = await ask({ kind: 'load', source, threads: cores, ...options }, [], confirm)
      if (reply.kind !== 'loaded') throw new InferenceError(`unexpected reply ${reply.kind}`)
      version = reply.version
      await confirm?.()
      return { session: reply.session, signature: reply.signature }
    },
    run: async (session, feeds, outputs) => {
      const reply = await ask({ kind: 'run', session, feeds, outputs }, buffersOf(feeds))
      if (reply.kind !== 'ran') throw new InferenceError(`unexpected reply ${reply.kind}`)
      return reply
    },
    endProfile: async (session) => {
      const reply = await ask({ kind: 'end-profile', session }, [])
      if (reply.kind !== 'profiled') throw new InferenceError(`unexpected reply ${reply.kind}`)
      return reply.profile
    },
    unloadModel: async (session) => {
      await ask({ kind: 'unload', session }, [])
    },
    close: channel.close,
  }
}
