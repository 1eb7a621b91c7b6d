/** What a caption is to its image: it describes it, it describes it but for one thing, or it describes something else. */
export const CAPTION_ROLES = ['correct', 'close', 'distractor'] as const
export type CaptionRole = (typeof CAPTION_ROLES)[number]

/** `coarse`: the correct one among others that are all plainly wrong. `stress`: a close one is among them. `fine`: two captions that tell
 *  whether something small is there. */
export const CAPTION_PROTOCOLS = ['coarse', 'stress', 'fine'] as const
export type CaptionProtocol = (typeof CAPTION_PROTOCOLS)[number]

/** The captions among which one is chosen for one image under one protocol; exactly one is correct. */
export type CaptionQuestion = {
  readonly protocol: CaptionProtocol
  /** Dataset row. */
  readonly row: number
  /** The video or scene that several images share, or null where the file names none. */
  readonly sequence: string | null
  /** Indexes into {@link CaptionSet}.captions, in the order of the file. */
  readonly options: readonly { readonly caption: number; readonly role: CaptionRole }[]
}

/** A file of captions, checked. */
export type CaptionSet = {
  readonly file: string
  readonly sha256: string
  /** Each text once. */
  readonly captions: readonly string[]
  readonly questions: readonly CaptionQuestion[]
}
