/** One thing that `verify` looked at, in a sentence, whether it holds, and the numbers behind it. */
export type Check = { readonly what: string; readonly holds: boolean; readonly detail: string }
