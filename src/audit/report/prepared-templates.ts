/** Templates as Handlebars compiles them ahead of time, by their names. They count only for texts with this hash. */
export type PreparedTemplates = { readonly sha256: string; readonly templates: Readonly<Record<string, object>> }

/** Those of `reports/`: `npm run build` writes this module of `dist/` again once it is there. Null where it did not. */
export const PREPARED_TEMPLATES: PreparedTemplates | null = null
