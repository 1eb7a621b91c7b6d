import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'
import { Worker } from 'node:worker_threads'
import type { InferenceReply, InferenceRequest, Numbered } from './inference-protocol.js'
import { createInferenceServer } from './serve-inference.js'

/** What ONNX Runtime said when it would not load or run a model. */
export class InferenceError extends Error {
  override readonly name = 'InferenceError'
}

/** Confirms that what was loaded is what is meant; asked again whenever a file is loaded again. */
export type Confirm = () => Promise<void>

/** A way to an inference server: in this thread, in a worker, or in a process of its own. */
export type Channel = {
  /** `moved`: memory that may be taken instead of copied. `confirm` is for requests to load. */
  readonly ask: (request: InferenceRequest, moved: ArrayBuffer[], confirm?: Confirm) => Promise<InferenceReply>
  readonly close: () => Promise<void>
}

const WORKER = new URL('./inference-worker.js', import.meta.url)

/** A worker thread; from TypeScript sources, where there is no worker file, this thread. */
export function openLocalChannel({ inProcess = false }: { readonly inProcess?: boolean | undefined } = {}): Channel {
  process.env['ORT_DISABLE_TELEMETRY'] ??= '1' // ONNX Runtime 1.30 reports to its maker otherwise; a worker's own env does not reach it
  const channel = inProcess || !existsSync(fileURLToPath(WORKER)) ? openDirectly() : openWorker()
  return {
    ...channel,
    ask: (request, moved) => {
      // NVIDIA's libraries round float32 to 10 bits of mantissa (TF32) otherwise, and the binding has no setting for it
      if (request.kind === 'load' && request.device === 'cuda') process.env['NVIDIA_TF32_OVERRIDE'] ??= '0'
      return channel.ask(request, moved)
    },
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
