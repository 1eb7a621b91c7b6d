/** Rows of the list whose tests stand in another room because they belong to it: row, file below `test/`, words of the test's name. */
export const ELSEWHERE: readonly (readonly [row: number, file: string, words: string])[] = []
