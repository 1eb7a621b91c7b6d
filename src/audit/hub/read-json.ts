import { hubError } from './hub.js'
import type { Hub } from './hub.js'
import { refuseStatus } from './refuse-status.js'
import type { Asked } from './refuse-status.js'
import { send } from './send.js'
import { tryAgain } from './try-again.js'

const LARGEST_LIST = 64_000_000 // bytes; a page of a listing has about 200 a file

export type Page = { readonly value: unknown; readonly headers: Headers }
export type JsonObject = Readonly<Record<string, unknown>>

/** JSON that the hub answers with. Throws ModelError or DatasetError. */
export async function readJson(hub: Hub, asked: Asked): Promise<Page> {
  const { text, headers } = await tryAgain(hub, asked.url.href, () => readText(hub, asked))
  try {
    return { value: JSON.parse(text) as unknown, headers }
  } catch (cause) {
    throw strangeAnswer(hub, asked.url, 'text that is not JSON', { cause })
  }
}

async function readText(hub: Hub, asked: Asked): Promise<{ text: string; headers: Headers }> {
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
    if (bytes > LARGEST_LIST) throw strangeAnswer(hub, asked.url, `more than ${LARGEST_LIST} bytes`)
  }
  return { text: Buffer.concat(pieces).toString('utf8'), headers: answer.headers }
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
