// Script of a worker. As a file of our own it has the packages that it needs prepared by Vite in
// development, which a script of a package has not.
import 'monaco-graphql/esm/graphql.worker.js';
