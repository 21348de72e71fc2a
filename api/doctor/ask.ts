import http, {
  type IncomingHttpHeaders,
  type OutgoingHttpHeaders,
} from 'node:http';
import https from 'node:https';

/** Kept length of a body. */
const MAX_BODY = 20_000;

/** A response. */
export type Answer = {
  status: number;
  headers: IncomingHttpHeaders;
  body: string;
  /** When its headers arrived, in milliseconds since 1970. */
  receivedAt: number;
};

/** Options of a request. */
export type AskOptions = {
  method?: string;
  headers?: OutgoingHttpHeaders;
  body?: Buffer;
};

/**
 * Sends a request over a connection of its own. An invalid certificate is accepted, as it has a check of
 * its own and nothing is sent that logs anybody in.
 * @param patienceMs how long the whole answer may take, with the time to send the body
 * @throws the error of the network; ETIMEDOUT after that time
 */
export function ask(
  url: URL,
  patienceMs: number,
  { method = 'GET', headers = {}, body = Buffer.alloc(0) }: AskOptions = {},
): Promise<Answer> {
  return new Promise((resolve, reject) => {
    const options = {
      method,
      headers: {
        connection: 'close',
        ...headers,
        ...(body.length > 0 && { 'content-length': body.length }),
      },
      agent: false,
    };
    const request =
      url.protocol === 'https:'
        ? https.request(url, { ...options, rejectUnauthorized: false })
        : http.request(url, options);
    const timer = setTimeout(() => {
      request.destroy(timedOut());
    }, patienceMs);
    request.on('upgrade', ({ statusCode, headers }, socket) => {
      socket.destroy();
      clearTimeout(timer);
      resolve({
        status: Number(statusCode),
        headers,
        body: '',
        receivedAt: Date.now(),
      });
    });
    request.on('response', (response) => {
      const { statusCode, headers } = response;
      const receivedAt = Date.now();
      let text = '';
      const finish = () => {
        clearTimeout(timer);
        resolve({
          status: Number(statusCode),
          headers,
          body: text,
          receivedAt,
        });
        request.destroy();
      };
      response.on('data', (chunk: Buffer) => {
        text += chunk.toString('latin1');
        if (text.length > MAX_BODY) finish();
      });
      response.on('end', finish);
      response.on('error', finish);
    });
    // After a response this changes nothing.
    request.on('error', (error) => {
      clearTimeout(timer);
      reject(error);
    });
    request.end(body);
  });
}

const timedOut = () =>
  Object.assign(new Error('No answer in time'), { code: 'ETIMEDOUT' });

/** Parses a body of JSON; null where it is something else. */
export function parse(body: string): unknown {
  try {
    return JSON.parse(body) as unknown;
  } catch {
    return null;
  }
}
