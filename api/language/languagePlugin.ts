import type {
  ApolloServerPlugin,
  GraphQLRequestListener,
} from '@apollo/server';
import type { Context } from '../context';
import { haveTexts, translateErrors } from './errorTexts';
import { DEFAULT_LANGUAGE, requestedLanguage } from './language';
import { readerLanguage } from './readerLanguage';

const listener: GraphQLRequestListener<Context> = {
  async willSendResponse({ contextValue, response: { body } }) {
    if (body.kind !== 'single') return;
    const { errors } = body.singleResult;
    if (!errors || !haveTexts(errors)) return;
    // The database may be what has failed.
    const language = await readerLanguage(contextValue).catch(
      () => requestedLanguage(contextValue.request.headers) ?? DEFAULT_LANGUAGE,
    );
    body.singleResult.errors = translateErrors(errors, language);
  },
};

/** Translates the errors of an operation for its reader. */
export const languagePlugin: ApolloServerPlugin<Context> = {
  requestDidStart: () => Promise.resolve(listener),
};
