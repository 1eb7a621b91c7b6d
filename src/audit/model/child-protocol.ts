import type { ImageFault } from './image-fault.js'
import type { InferenceReply, InferenceRequest, Numbered } from './inference-protocol.js'
import type { PrepareOptions, PreparedImage } from './prepare-image.js'
import type { Preprocessing, ResizeKind } from './preprocessing.js'
import type { Box } from '../types/dataset.js'

/** What a process that decodes or runs models is asked: what a thread is asked, and images. Plain data only. */
export type ChildRequest =
  | InferenceRequest
  | {
      readonly kind: 'prepare'
      readonly bytes: Uint8Array
      readonly preprocessing: Preprocessing
      readonly resize: ResizeKind
      readonly options: PrepareOptions
    }
  | { readonly kind: 'thumbnail'; readonly bytes: Uint8Array; readonly box: Box | null; readonly side: number }

/** What it answers. `thumbnail` holds side x side grey values. */
export type ChildReply =
  | InferenceReply
  | { readonly kind: 'prepared'; readonly image: PreparedImage | ImageFault }
  | { readonly kind: 'drawn'; readonly thumbnail: Uint8Array | ImageFault }

/** A sign of life, sent unasked; the first one says that it is ready. */
export type Beat = { readonly kind: 'beat'; readonly memoryBytes: number }

/** The work on a request begins: before, others were in front of it. */
export type Begun = { readonly kind: 'begun'; readonly id: number }

export type FromChild = Beat | Begun | Numbered<ChildReply>

/** How often a process gives a sign of life, and its memory is looked at. */
export const BEAT_MS = 200
