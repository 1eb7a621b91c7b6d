import { describe, expect, it } from 'vitest'
import { notJson } from '../../../src/audit/definitions/not-json.js'

function said(text: string): string {
  try {
    JSON.parse(text)
    return 'JSON'
  } catch (error) {
    return notJson(text, error)
  }
}

describe('a text that is not JSON', () => {
  it('is said to end in the middle wherever it was cut', () => {
    const whole = '{"a": [1, -2.5e3, "b\\u00e9\\n", true, null, {"c": {}}], "d": "e"}'
    const wrong = [...whole.slice(1)].map((_, index) => whole.slice(0, index + 1)).filter((cut) => said(cut) !== 'JSON that ends in the middle') // prettier-ignore
    expect(wrong).toEqual([])
  })

  it('is said to be something else where it is wrong before its end, or never began as JSON', () => {
    const others = ['{"a": NaN}', 'model_type = clip', '<html>', '"a', '{"a": 1} {', '']
    expect(others.map(said)).toEqual(others.map(() => 'text that is not JSON'))
  })
})
