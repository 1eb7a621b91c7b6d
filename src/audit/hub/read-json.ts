import { hubError } from './hub.js'
import type { Hub } from './hub.js'
import { refuseStatus } from './refuse-status.js'
import type { Asked } from './refuse-status.js'
import { send } from './send.js'
import { tryAgain } from './try-again.js'

const LARGEST_ANSWER = 64_000_000 // bytes; a listing has about 200 a file

export type Page = { readonly value: unknown; readonly headers: Headers; readonly bytes: number }
export type JsonObject = Readonly<Record<string, unknown>>

/** JSON that the hub answers with, of at most so many bytes. Throws ModelError or DatasetError. */
export async function readJson(hub: Hub, asked: Asked, largest = LARGEST_ANSWER): Promise<Page> {
  const { text, headers, bytes } = await tryAgain(hub, asked.url.href, () => readText(hub, asked, largest))
  try {
    return { value: JSON.parse(text) as unknown, headers, bytes }
  } catch (cause) {
    throw strangeAnswer(hub, asked.url, 'text that is not JSON', { cause })
  }
}

type Text = { readonly text: string; readonly headers: Headers; readonly bytes: number }

async function readText(hub: Hub, asked: Asked, largest: number): Promise<Text> {
  const answer = await send(hub, asked.url, { accept: 'application/json' })
  if (answer.status !== 200) {
    await answer.drop()
    throw refuseStatus(hub, asked, answer)
  }
  const pieces: Uint8Array[] = []
  let bytes = 0
  for await (const piece of answer.pieces()) {
    pieces.push(piece)
    bytes += piece.length
    if (bytes > largest) throw strangeAnswer(hub, asked.url, `more than the ${largest} bytes that are left for it`)
  }
  return { text: Buffer.concat(pieces).toString('utf8'), headers: answer.headers, bytes }
}

/** The refusal of an answer that no hub gives. */
export function strangeAnswer(hub: Hub, url: URL, received: string, options?: { cause?: unknown }): Error {
  const hint = 'Check HF_ENDPOINT: it must name a hub that speaks like huggingface.co.'
  return hubError(hub, 'hub.answer', { at: url.href, expected: 'the JSON of a hub', received, hint }, options)
}

/** A value as an object with unknown fields, or null. */
export function asObject(value: unknown): JsonObject | null {
  return typeof value === 'object' && value !== null && !Array.isArray(value) ? (value as JsonObject) : null // the check itself
}
