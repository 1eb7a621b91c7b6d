import { existsSync } from 'node:fs'
import { availableParallelism } from 'node:os'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import { buffersOf } from './inference-protocol.js'
import type {
  InferenceReply,
  InferenceRequest,
  LoadOptions,
  ModelSignature,
  ModelSource,
  NamedTensor,
  Numbered,
} from './inference-protocol.js'
import type { SessionProfile } from './read-profile.js'
import { createInferenceServer } from './serve-inference.js'

/** A model loaded by the inference server. */
export type LoadedModel = { readonly session: number; readonly signature: ModelSignature }

/** ONNX models run beside this thread. Errors are InferenceError with ONNX Runtime's own words. */
export type Inference = {
  readonly threads: number
  /** Version of ONNX Runtime; empty until a model was loaded. */
  readonly version: () => string
  readonly loadModel: (source: ModelSource, options?: LoadOptions) => Promise<LoadedModel>
  /** Runs a model. The memory of `feeds` is given away: the arrays are empty afterwards. Outputs come in the order asked for, and with
   *  them the memory of the feeds, in order, to be filled again. */
  readonly run: (session: number, feeds: readonly NamedTensor[], outputs: readonly string[]) => Promise<RunResult>
  /** What was noted of a session that was loaded with `isProfiled`; nothing more is noted afterwards. */
  readonly endProfile: (session: number) => Promise<SessionProfile>
  readonly unloadModel: (session: number) => Promise<void>
  readonly close: () => Promise<void>
}

export type RunResult = Pick<Extract<InferenceReply, { kind: 'ran' }>, 'outputs' | 'spent'>

/** What ONNX Runtime said when it would not load or run a model. */
export class InferenceError extends Error {
  override readonly name = 'InferenceError'
}

type Channel = {
  readonly ask: (request: InferenceRequest, moved: ArrayBuffer[]) => Promise<InferenceReply>
  readonly close: () => Promise<void>
}

const WORKER = new URL('./inference-worker.js', import.meta.url)

/**
 * Opens the inference server: a worker thread, because ONNX Runtime blocks the thread it runs in.
 * From TypeScript sources there is no worker file, and with `inProcess` none is wanted: then it runs in this thread.
 * `threads` (default: all cores) are used inside each operation; results can differ in the last bits between thread counts.
 */
export function openInference({
  threads,
  inProcess,
}: { threads?: number | undefined; inProcess?: boolean | undefined } = {}): Inference {
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1' // ONNX Runtime 1.30 reports to its maker otherwise; a worker's own env does not reach it
  const cores = threads ?? availableParallelism()
  const channel = inProcess === true || !existsSync(fileURLToPath(WORKER)) ? openDirectly() : openWorker()
  let version = ''
  const ask = async (request: InferenceRequest, moved: ArrayBuffer[]) => {
    const reply = await channel.ask(request, moved)
    if (reply.kind === 'failed') throw new InferenceError(reply.message)
    return reply
  }
  return {
    threads: cores,
    version: () => version,
    loadModel: async (source, options = {}) => {
      // NVIDIA's libraries round float32 to 10 bits of mantissa (TF32) otherwise, and the binding has no setting for it
      if (options.device === 'cuda') process.env['NVIDIA_TF32_OVERRIDE'] ??= '0'
      const reply = await ask({ kind: 'load', source, threads: cores, ...options }, [])
      if (reply.kind !== 'loaded') throw new InferenceError(`unexpected reply ${reply.kind}`)
      version = reply.version
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

function openDirectly(): Channel {
  const serve = createInferenceServer()
  return { ask: (request) => serve(request), close: () => Promise.resolve() }
}

function openWorker(): Channel {
  const worker = new Worker(WORKER)
  const waiting = new Map<number, { answer: (reply: InferenceReply) => void; fail: (error: Error) => void }>()
  const underWay = new Set<Promise<InferenceReply>>()
  let asked = 0
  let ended: Error | undefined
  const end = (error: Error) => {
    ended ??= error
    for (const { fail } of waiting.values()) fail(error)
    waiting.clear()
    worker.unref()
  }
  worker.unref() // held only while an answer is awaited, so that a forgotten close() does not hang the process
  worker.on('message', ({ id, message }: Numbered<InferenceReply>) => {
    waiting.get(id)?.answer(message)
    waiting.delete(id)
    if (waiting.size === 0) worker.unref()
  })
  worker.on('error', (error) => end(new InferenceError(`the inference thread failed: ${error.message}`)))
  worker.on('exit', () => end(new InferenceError('the inference thread has ended')))
  return {
    ask: (request, moved) => {
      const asking = new Promise<InferenceReply>((answer, fail) => {
        if (ended !== undefined) return fail(ended)
        const id = ++asked
        waiting.set(id, { answer, fail })
        worker.ref()
        worker.postMessage({ id, message: request }, moved)
      })
      underWay.add(asking)
      const done = (): void => void underWay.delete(asking)
      asking.then(done, done)
      return asking
    },
    close: async () => {
      const idle = Promise.allSettled(underWay)
      ended ??= new InferenceError('the inference thread has ended')
      await idle // a thread that is ended inside ONNX Runtime takes the process along
      await worker.terminate()
    },
  }
}
