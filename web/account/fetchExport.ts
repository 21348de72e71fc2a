import type { FetchOwnData, OwnData } from './ExportContext';
import { DownloadError } from './ExportContext';
import { asUser, type Refusable, type Speaker } from '../apollo/asUser';

const AWAY =
  'We cannot reach NeighborShare right now. Please try again in a moment.';

/** What `GET /export` answers: the file, or why there is none. */
export type ExportAnswer = Refusable & { data?: OwnData };

/** Asks for the file with a token. Throws where it does not arrive as a whole. */
export type RequestExport = (accessToken: string) => Promise<ExportAnswer>;

/** How this tab fetches all data of whoever is logged in. */
export const createOwnDataFetch =
  ({
    request,
    ...speaker
  }: Speaker & { request: RequestExport }): FetchOwnData =>
  async () => {
    const { data, errors } = await asUser(speaker, async (accessToken) => {
      try {
        return await request(accessToken);
      } catch (error) {
        throw new DownloadError(AWAY, { cause: error });
      }
    });
    if (data) return data;
    throw new DownloadError(errors?.[0]?.message ?? AWAY);
  };

/** Asks over the network. */
export const requestExport: RequestExport = async (accessToken) => {
  const response = await fetch('/export', {
    headers: { authorization: `Bearer ${accessToken}` },
  });
  if (!response.ok) return (await response.json()) as ExportAnswer;
  const disposition = response.headers.get('content-disposition') ?? '';
  const name = /filename="([^"]+)"/.exec(disposition)?.[1];
  return {
    data: {
      file: await response.blob(),
      name: name ?? 'neighborshare.json',
    },
  };
};
