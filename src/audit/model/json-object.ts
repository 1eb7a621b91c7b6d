/** What a JSON file holds, before it is looked at. */
export type JsonObject = Readonly<Record<string, unknown>>
