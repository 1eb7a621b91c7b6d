import type { Device } from '../types/device.js'
import type { SessionProfile } from './read-profile.js'

/** Data of a tensor, by the element type that ONNX calls it. float16 comes as its 16-bit patterns. */
export type TensorData =
  | { readonly type: 'float32'; readonly data: Float32Array }
  | { readonly type: 'float16'; readonly data: Uint16Array }
  | { readonly type: 'int64'; readonly data: BigInt64Array }
  | { readonly type: 'int32'; readonly data: Int32Array }

/** A tensor with its name; row-major. */
export type NamedTensor = { readonly name: string; readonly dims: readonly number[] } & TensorData

/** A declared input or output. A text in `shape` is a dimension that is known only when the model runs. */
export type ValueSignature = {
  readonly name: string
  /** Element type as ONNX Runtime names it, or `not a tensor`. */
  readonly type: string
  readonly shape: readonly (number | string)[]
}

/** What a loaded model takes and gives. */
export type ModelSignature = { readonly inputs: readonly ValueSignature[]; readonly outputs: readonly ValueSignature[] }

/** A model to load: a file (external data resolve beside it), or the bytes of one. */
export type ModelSource = { readonly path: string } | { readonly bytes: Uint8Array }

export type LoadOptions = {
  /** Default: the CPU. What a device lacks runs on the CPU; its profile says what. */
  readonly device?: Device
  /** Note which operators run where, and for how long, until the profile is asked for. */
  readonly isProfiled?: boolean
}

/** What a client asks of the inference server. Plain data only: a thread, a child process or a direct call can carry it. */
export type InferenceRequest =
  | ({ readonly kind: 'load'; readonly source: ModelSource; readonly threads: number } & LoadOptions)
  | {
      readonly kind: 'run'
      readonly session: number
      readonly feeds: readonly NamedTensor[]
      readonly outputs: readonly string[]
    }
  /** Ends the profiling of a session that was loaded with it; it can be run as before. */
  | { readonly kind: 'end-profile'; readonly session: number }
  | { readonly kind: 'unload'; readonly session: number }

/** What it answers; `failed` carries ONNX Runtime's own words. */
export type InferenceReply =
  | { readonly kind: 'loaded'; readonly session: number; readonly signature: ModelSignature; readonly version: string }
  | { readonly kind: 'ran'; readonly outputs: readonly NamedTensor[]; readonly spent: readonly TensorData['data'][] }
  | { readonly kind: 'profiled'; readonly profile: SessionProfile }
  | { readonly kind: 'unloaded' }
  | { readonly kind: 'failed'; readonly message: string }

/** Requests and replies between threads carry a number, so that several may be under way. */
export type Numbered<Message> = { readonly id: number; readonly message: Message }

/** The memory of the tensors, each piece once, to be moved to the other thread instead of copied. Not for what came from another process: its memory is Node's. */
export function buffersOf(tensors: readonly Pick<NamedTensor, 'data'>[]): ArrayBuffer[] {
  // Tensors of the client and of ONNX Runtime are never in shared memory.
  return [...new Set(tensors.map(({ data }) => data.buffer as ArrayBuffer))]
}
