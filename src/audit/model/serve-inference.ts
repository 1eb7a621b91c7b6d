import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type * as Onnxruntime from 'onnxruntime-node'
import type { InferenceSession, Tensor } from 'onnxruntime-node'
import type {
  InferenceReply,
  InferenceRequest,
  ModelSignature,
  NamedTensor,
  TensorData,
  ValueSignature,
} from './inference-protocol.js'
import { readProfile } from './read-profile.js'
import type { SessionProfile } from './read-profile.js'

type Runtime = typeof Onnxruntime
type LoadRequest = Extract<InferenceRequest, { kind: 'load' }>

/** `profileFolder`: where ONNX Runtime writes its profile, null where it writes none. */
type Served = { readonly session: InferenceSession; readonly profileFolder: string | null }

const LOG_FATAL_ONLY = 4 // failures come back as messages; ONNX Runtime would print them with paths as well

/** Answers one request after another; holds the loaded sessions. */
export type InferenceServer = (request: InferenceRequest) => Promise<InferenceReply>

/** A server of inference requests in this thread. Nothing native is loaded before the first request. Never rejects. */
export function createInferenceServer(): InferenceServer {
  const sessions = new Map<number, Served>()
  let loaded = 0
  return async (request) => {
    try {
      const runtime = await loadRuntime()
      if (request.kind === 'load') {
        const served = await createSession(runtime, request)
        sessions.set(++loaded, served)
        const signature = signatureOf(served.session)
        return { kind: 'loaded', session: loaded, signature, version: versionOf(runtime) }
      }
      const served = sessions.get(request.session)
      if (served === undefined) return { kind: 'failed', message: `no session ${request.session}` }
      if (request.kind === 'run') return await runSession(runtime, served.session, request)
      if (request.kind === 'end-profile') return { kind: 'profiled', profile: await endProfile(served) }
      sessions.delete(request.session)
      await served.session.release()
      await forget(served.profileFolder)
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

/** On one device: with a second one in the list ONNX Runtime would choose in silence, and where CUDA is missing it throws all the same. */
async function createSession(
  runtime: Runtime,
  { source, threads, device = 'cpu', isProfiled = false }: LoadRequest,
): Promise<Served> {
  const profileFolder = isProfiled ? await mkdtemp(join(tmpdir(), 'probity-profile-')) : null
  const options: InferenceSession.SessionOptions = {
    executionProviders: [device],
    intraOpNumThreads: threads,
    extra: { session: { intra_op: { allow_spinning: '0' } } }, // a waiting thread would burn the time that decoding needs
    logSeverityLevel: LOG_FATAL_ONLY,
    ...(profileFolder === null ? {} : { enableProfiling: true, profileFilePrefix: join(profileFolder, 'profile') }),
  }
  try {
    const session =
      'path' in source
        ? await runtime.InferenceSession.create(source.path, options)
        : await runtime.InferenceSession.create(source.bytes, options)
    return { session, profileFolder }
  } catch (error) {
    await forget(profileFolder)
    throw error
  }
}

/** ONNX Runtime writes the profile into a file of its own naming, in a folder that is ours alone. */
async function endProfile({ session, profileFolder }: Served): Promise<SessionProfile> {
  if (profileFolder === null) throw new Error('the session was not profiled')
  session.endProfiling()
  try {
    const [file] = await readdir(profileFolder)
    if (file === undefined) throw new Error('no profile was written')
    return readProfile(await readFile(join(profileFolder, file), 'utf8'))
  } finally {
    await forget(profileFolder)
  }
}

async function forget(folder: string | null): Promise<void> {
  if (folder !== null) await rm(folder, { recursive: true, force: true })
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
