import { ApolloSandbox } from '@apollo/sandbox';
import { FIRST_OPERATIONS, readyOperation } from './operations';

const endpoint = `${location.origin}/graphql`;

// Only its frame is a page of Apollo. This script is in our build, and sends its operations to the API.
new ApolloSandbox({
  target: '#sandbox',
  initialEndpoint: endpoint,
  initialSubscriptionEndpoint: endpoint.replace(/^http/, 'ws'),
  endpointIsEditable: false,
  runTelemetry: false,
  // The Content-Security-Policy refuses style attributes.
  allowDynamicStyles: false,
  // The frame may ask for nothing but the API, and without the session of the web app.
  handleRequest: (url, options) =>
    url === endpoint
      ? fetch(endpoint, { ...options, credentials: 'omit' })
      : Promise.reject(new Error('Only the API may be called')),
  initialState: {
    // It has no tabs; the operation at the cursor runs.
    document: [
      readyOperation('logIn'),
      ...FIRST_OPERATIONS.map(({ query }) => query),
    ].join('\n\n'),
    variables: { username: '', password: '' },
    headers: { Authorization: 'Bearer <accessToken>' },
    pollForSchemaUpdates: false,
  },
});
