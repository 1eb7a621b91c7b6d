import { parse, stringify } from 'yaml'
import { localeFrom, localeSources, type Locale } from '../../../src/audit/report/locale.js'

const AS_THEY_ARE = /^(numbers\.(decimal|thousands|minus)|locale\.(direction|plural)|crosswalk\.order)$/ // marks, rules and orders, not words
const LONGER = 0.4

/** English with every text in white brackets and longer by four tenths: what a page shows outside brackets comes from the code. */
export function pseudoLocale(): Locale {
  return localeFrom('qps', ...localeSources('en').map((source) => stringify(bracketed(parse(source), ''))))
}

function bracketed(node: unknown, path: string): unknown {
  if (AS_THEY_ARE.test(path)) return node
  if (typeof node === 'string') return `⟦${node}${'~'.repeat(Math.ceil(node.length * LONGER))}⟧`
  if (Array.isArray(node)) return node.map((entry) => bracketed(entry, path))
  if (typeof node !== 'object' || node === null) return node
  return Object.fromEntries(
    Object.entries(node).map(([key, value]) => [key, bracketed(value, path === '' ? key : `${path}.${key}`)]),
  )
}

/** What is left of a text when everything in brackets is taken out. */
export function outsideBrackets(text: string): string {
  let depth = 0
  let left = ''
  for (const character of text) {
    if (character === '⟦') depth++
    else if (character === '⟧') depth--
    else if (depth === 0) left += character
  }
  return left
}

/** The words of a page that a reader meets: text between tags, and the attributes that are read out or shown. */
export function wordsOfPage(html: string): string[] {
  const body = html.replace(/<(style|script)>[^]*?<\/\1>/g, '')
  const attributes = [...body.matchAll(/ (?:aria-label|title|alt|placeholder|data-filter)="([^"]*)"/g)].map(
    ([, text]) => text ?? '',
  )
  // a sentence may hold elements of its own, so that brackets are balanced over blocks, not over text nodes
  const text = body.replace(/<\/?(?:b|i|strong|small|span|code|a)\b[^>]*>/g, '').split(/<[^>]*>/)
  return [...attributes, ...text].map(unescaped)
}

function unescaped(text: string): string {
  return text
    .replace(/&#x([0-9A-F]+);/g, (_, code: string) => String.fromCodePoint(parseInt(code, 16)))
    .replace(/&lt;/g, '<')
    .replace(/&gt;/g, '>')
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, '&')
}
