import type * as Onnxruntime from 'onnxruntime-node'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type {
  InferenceReply,
  InferenceRequest,
  ModelSignature,
  ModelSource,
  NamedTensor,
  TensorData,
  ValueSignature,
} from './inference-protocol.js'

type Runtime = typeof Onnxruntime

const LOG_FATAL_ONLY = 4 // failures come back as messages; ONNX Runtime would print them with paths as well

/** Answers one request after another; holds the loaded sessions. */
export type InferenceServer = (request: InferenceRequest) => Promise<InferenceReply>

/** A server of inference requests in this thread. Nothing native is loaded before the first request. Never rejects. */
export function createInferenceServer(): InferenceServer {
  const sessions = new Map<number, InferenceSession>()
  let loaded = 0
  return async (request) => {
    try {
      const runtime = await loadRuntime()
      if (request.kind === 'load') {
        const session = await createSession(runtime, request.source, request.threads)
        sessions.set(++loaded, session)
        return { kind: 'loaded', session: loaded, signature: signatureOf(session), version: versionOf(runtime) }
      }
      const session = sessions.get(request.session)
      if (session === undefined) return { kind: 'failed', message: `no session ${request.session}` }
      if (request.kind === 'run') return await runSession(runtime, session, request)
      sessions.delete(request.session)
      await session.release()
      return { kind: 'unloaded' }
    } catch (error) {
      return { kind: 'failed', message: error instanceof Error ? error.message : String(error) }
    }
  }
}

async function loadRuntime(): Promise<Runtime> {
  const runtime = await import('onnxruntime-node')
  runtime.env.logLevel = 'fatal'
  return runtime
}

/** Only the processor: where CUDA is missing, asking for it throws instead of falling back. */
function createSession(runtime: Runtime, source: ModelSource, threads: number): Promise<InferenceSession> {
  const options: InferenceSession.SessionOptions = {
    executionProviders: ['cpu'],
    intraOpNumThreads: threads,
    extra: { session: { intra_op: { allow_spinning: '0' } } }, // a waiting thread would burn the time that decoding needs
    logSeverityLevel: LOG_FATAL_ONLY,
  }
  return 'path' in source
    ? runtime.InferenceSession.create(source.path, options)
    : runtime.InferenceSession.create(source.bytes, options)
}

async function runSession(
  runtime: Runtime,
  session: InferenceSession,
  { feeds, outputs }: Extract<InferenceRequest, { kind: 'run' }>,
): Promise<InferenceReply> {
  const tensors = Object.fromEntries(feeds.map((feed) => [feed.name, toTensor(runtime, feed)]))
  const result = await session.run(tensors, outputs, { logSeverityLevel: LOG_FATAL_ONLY })
  return {
    kind: 'ran',
    outputs: outputs.map((name) => fromTensor(name, result[name])),
    spent: feeds.map(({ data }) => data),
  }
}

function toTensor(runtime: Runtime, feed: NamedTensor): Tensor {
  switch (feed.type) {
    case 'float32':
      return new runtime.Tensor('float32', feed.data, feed.dims)
    case 'float16':
      return new runtime.Tensor('float16', feed.data, feed.dims)
    case 'int64':
      return new runtime.Tensor('int64', feed.data, feed.dims)
    case 'int32':
      return new runtime.Tensor('int32', feed.data, feed.dims)
  }
}

function fromTensor(name: string, value: Tensor | undefined): NamedTensor {
  if (value === undefined) throw new Error(`no output ${name}`)
  return { name, dims: value.dims, ...tensorData(value) }
}

function tensorData({ type, data }: Tensor): TensorData {
  if (type === 'float32' && data instanceof Float32Array) return { type, data }
  if (type === 'float16' && ArrayBuffer.isView(data)) {
    // a Float16Array where this Node has one, else a Uint16Array
    return { type, data: new Uint16Array(data.buffer, data.byteOffset, data.byteLength / 2) }
  }
  if (type === 'int64' && data instanceof BigInt64Array) return { type, data }
  if (type === 'int32' && data instanceof Int32Array) return { type, data }
  throw new Error(`an output of type ${type} is not read`)
}

function signatureOf(session: InferenceSession): ModelSignature {
  return { inputs: session.inputMetadata.map(valueOf), outputs: session.outputMetadata.map(valueOf) }
}

function valueOf(value: InferenceSession.ValueMetadata): ValueSignature {
  return value.isTensor
    ? { name: value.name, type: value.type, shape: [...value.shape] }
    : { name: value.name, type: 'not a tensor', shape: [] }
}

function versionOf(runtime: Runtime): string {
  return runtime.env.versions.node ?? runtime.env.versions.common
}
