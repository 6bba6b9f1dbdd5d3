/** What goes back to the client. Header names may come in any case; several cookies are several headers. */
export interface Answer {
  readonly status: number;
  readonly headers: Readonly<Record<string, string>>;
  readonly cookies: readonly string[];
  readonly body: string | Buffer;
}

/** An answer of the gateway's own: a status and one message. */
function refusal(status: number, message: string): Answer {
  return { status, headers: { 'content-type': 'application/json' }, cookies: [], body: JSON.stringify({ message }) };
}

/** The gateway's own answers. Their texts are API Gateway's ("Troubleshooting issues with HTTP APIs"; "Quotas"). */
export const refusals = {
  badRequest: refusal(400, 'Bad Request'),
  notFound: refusal(404, 'Not Found'),
  entityTooLarge: refusal(413, 'Request Entity Too Large'),
  tooManyRequests: refusal(429, 'Too Many Requests'),
  headersTooLarge: refusal(431, 'Request Header Fields Too Large'),
  internalError: refusal(500, 'Internal Server Error'),
  serviceUnavailable: refusal(503, 'Service Unavailable'),
};

/**
 * Reads a function's result, payload format 2.0 ("Lambda function response for format 2.0" in "Create AWS Lambda proxy integrations for
 * HTTP APIs in API Gateway"): without a `statusCode`, the result itself is the body of a 200 in JSON.
 * @param payload JSON text
 * @param apart the result's `body`, where it came beside the JSON
 */
export function readResult(payload: string, apart?: string): Answer {
  const result: unknown = JSON.parse(payload);
  if (typeof result !== 'object' || result === null || !('statusCode' in result)) {
    const body = typeof result === 'string' ? result : payload;
    return { status: 200, headers: { 'content-type': 'application/json' }, cookies: [], body };
  }
  const { statusCode, headers, cookies, body = apart, isBase64Encoded } = result as Readonly<Record<string, unknown>>;
  const status = Number(statusCode);
  if (!Number.isInteger(status) || status < 100 || status > 599) return refusals.internalError;
  if (body !== undefined && body !== null && typeof body !== 'string') return refusals.internalError;
  const text = body ?? '';
  const named = readHeaders(headers);
  // What API Gateway calls a body that does not say what it is.
  if (text !== '' && named['content-type'] === undefined) named['content-type'] = 'text/plain;charset=UTF-8';
  return {
    status,
    headers: named,
    cookies: Array.isArray(cookies) ? cookies.map(String) : [],
    body: isBase64Encoded === true ? Buffer.from(text, 'base64') : text,
  };
}

function readHeaders(headers: unknown): Record<string, string> {
  const read: Record<string, string> = {};
  if (typeof headers !== 'object' || headers === null) return read;
  for (const [name, value] of Object.entries(headers)) {
    if (value !== null && value !== undefined) read[name.toLowerCase()] = String(value);
  }
  return read;
}
