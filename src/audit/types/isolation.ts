/** How images are decoded and models run in processes of their own, which may die without taking the run along. Vectors are the same to the last bit.
 *  What takes longer than these limits twice is quarantined, where a run without isolation would wait for it. */
export type Isolation = {
  /** What each of the two processes may hold in memory, in bytes. Default: half of the machine's memory. */
  readonly memoryBytes?: number
  /** How long one image may take to decode, from when the process begins with it. Default: 30 seconds. */
  readonly decodeMs?: number
  /** How long a model may take to load, or one batch to be encoded, from when the process begins with it. Default: 10 minutes. */
  readonly encodeMs?: number
  /** How long a process may give no sign of life. Default: 30 seconds. */
  readonly silenceMs?: number
  /** Requests after which a process is replaced by a fresh one, because native libraries leak. Default: 20,000 images decoded, 2,000 batches encoded. */
  readonly requestsPerProcess?: number
  /** The program of such a process. Default: the one that comes with Probity. */
  readonly entry?: URL
}
