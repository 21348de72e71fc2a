import { createContext, use } from 'react';
import type { AuthFetchOptions, RouteAnswer } from '../apollo/authFetch';
import { authFetch } from '../apollo/authFetch';
import { languageInUse } from '../languages/texts';

/** The user's data as a file to save. */
export type ExportFile = { file: Blob; name: string };

/** The answer of `GET /export`: the file, or errors. */
export type ExportAnswer = RouteAnswer & { data?: ExportFile };

/** Requests the file with a token. Throws if it does not arrive completely. */
export type RequestExport = (accessToken: string) => Promise<ExportAnswer>;

/** Fetches the data of the current user. Throws as `authFetch` does. */
export type FetchExport = () => Promise<ExportFile>;

/** Creates the function that fetches the current user's data. */
export const createExportFetch =
  ({
    request,
    ...options
  }: AuthFetchOptions & { request: RequestExport }): FetchExport =>
  async () => {
    const { data } = await authFetch(options, request);
    if (!data) throw new Error('GET /export answered neither data nor errors');
    return data;
  };

/** Requests the file over the network. */
export const requestExport: RequestExport = async (accessToken) => {
  const response = await fetch('/export', {
    headers: {
      authorization: `Bearer ${accessToken}`,
      'accept-language': languageInUse(),
    },
  });
  if (!response.ok) {
    const { errors = [] } = (await response.json()) as ExportAnswer;
    return { errors };
  }
  const disposition = response.headers.get('content-disposition') ?? '';
  const name = /filename="([^"]+)"/.exec(disposition)?.[1];
  return {
    data: {
      file: await response.blob(),
      name: name ?? 'neighborshare.json',
    },
  };
};

/** Provides the current user's `FetchExport`. */
export const ExportContext = createContext<FetchExport | null>(null);

/** Returns the current user's `FetchExport`. Throws outside `ExportContext`. */
export function useFetchExport(): FetchExport {
  const fetchExport = use(ExportContext);
  if (!fetchExport) throw new Error('ExportContext is missing');
  return fetchExport;
}
