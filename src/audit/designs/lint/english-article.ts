const SOUNDS_LIKE_CONSONANT = /^(uni|use|usu|uti|ura|uro|eu|ewe|one|once|ukr|ug)/
const SILENT_H = /^(hour|honest|honou?r|heir)/

/** The article that fits the sound of an English word, as far as its letters tell; null where they do not (figures, other scripts).
 *  @example articleBefore('unicorn')  // 'a' */
export function articleBefore(word: string): 'a' | 'an' | null {
  if (!/^[a-z]{2,}/.test(word)) return null
  if (SILENT_H.test(word)) return 'an'
  return /^[aeiou]/.test(word) && !SOUNDS_LIKE_CONSONANT.test(word) ? 'an' : 'a'
}
