/** What a bare server answers, by {@link keyOf} what is asked. */
export type Answers = Readonly<
  Record<string, { readonly status: number; readonly headers: Record<string, string>; readonly body: string }>
>;

/** A request as a bare server tells it from others. */
export const keyOf = (method = '', path = '', headers: Readonly<Record<string, unknown>> = {}): string =>
  `${method} ${path} ${headers['if-none-match'] ?? ''}`;
