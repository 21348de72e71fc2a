import type { CodegenConfig } from '@graphql-codegen/cli';
import { typedDocuments } from './codegen.documents';
import { apiLanguages, webLanguages } from './codegen.languages';
import { mailTemplates } from './codegen.mails';
import { withTexts } from './codegen.validators';

/** Code to be written as it is: the plugin writes a function by its `toString()`. */
const code = (source: string) =>
  Object.assign(() => source, { toString: () => source });

/** A part of a domain between two dots. */
const LABEL =
  '[\\p{L}\\p{M}\\p{Nd}](?:[\\p{L}\\p{M}\\p{Nd}-]{0,61}[\\p{L}\\p{M}\\p{Nd}])?';

/** A check of a text without invisible characters. */
const plain = (pattern: string, message: string) => [
  'check',
  code('z.overwrite(cleanPlain)'),
  code(`z.regex(${pattern}, ${JSON.stringify(message)})`),
];

/** `@constraint` of schema.graphql as zod 4, with the message of `languages/` that people see. `$1` is the argument. */
const constraint = {
  notBlank: ['refine', code('isVisible'), 'validation.fillIn'],
  minLength: [
    'regex',
    '/^[\\s\\S]{$1,}$/u',
    'validation.charactersAtLeast?count=$1',
  ],
  maxLength: [
    'regex',
    '/^[\\s\\S]{0,$1}$/u',
    'validation.charactersAtMost?count=$1',
  ],
  min: ['min', '$1', 'validation.atLeast?count=$1'],
  max: ['max', '$1', 'validation.atMost?count=$1'],
  format: {
    USERNAME: [
      'check',
      code('z.overwrite(cleanPlain)'),
      code(
        'z.refine((text) => usernameProblem(String(text)) === null, { error: ({ input }) => usernameProblem(String(input)) ?? undefined })',
      ),
    ],
    NAME: [
      'check',
      code('z.overwrite(cleanLine)'),
      code(
        "z.refine((text) => isFreeName(String(text)), 'validation.reservedName')",
      ),
    ],
    PASSWORD: [
      'refine',
      code('(text) => hiddenCharacterProblem(text) === null'),
      code(
        '{ error: ({ input }) => hiddenCharacterProblem(String(input)) ?? undefined }',
      ),
    ],
    PLAIN: ['overwrite', code('cleanPlain')],
    CODE: ['overwrite', code('cleanCode')],
    SINGLE_LINE: ['overwrite', code('cleanLine')],
    MULTI_LINE: ['overwrite', code('cleanLines')],
    // As browsers have it for a field of this type (WHATWG HTML), in domains of any script.
    EMAIL: plain(
      `/^(?=[^]{3,254}$)(?![^@]{65})[\\w.!#$%&'*+\\/=?^{|}~-]+@(?:${LABEL}\\.)+(?=\\p{L})${LABEL}$/u`,
      'validation.email',
    ),
  },
};

const types = {
  enumsAsTypes: true,
  useTypeImports: true,
  avoidOptionals: { field: true },
};

const validators = {
  preset: withTexts,
  plugins: ['graphql-codegen-typescript-validation-schema'],
  config: {
    schema: 'zodv4',
    importFrom: './types',
    validationSchemaExportType: 'const',
    useTypeImports: true,
    enumsAsTypes: true,
    scalarSchemas: {
      ID: 'z.string()',
      DateTime: 'z.string()',
      Date: 'z.string()',
    },
    directives: { constraint },
  },
};

/**
 * Generates types and validators of both halves from schema.graphql, and compiles the layout of mails. Run by
 * `npm install`; never committed.
 */
const config: CodegenConfig = {
  schema: 'schema.graphql',
  generates: {
    'api/generated/types.ts': {
      plugins: ['typescript', 'typescript-resolvers'],
      config: {
        ...types,
        contextType: '../context#Context',
        directiveContextTypes: ['requireUser#../context#SignedInContext'],
        // The entity is the GraphQL object, so fields of the same name need no resolver.
        mappers: {
          User: '../users/user.entity#User as UserModel',
          UserError: '../errors#UserError as UserErrorModel',
          Session: '../sessions/session.entity#Session as SessionModel',
          Photo: '../photos/photo.entity#Photo as PhotoModel',
          Neighborhood:
            '../neighborhoods/neighborhood.entity#Neighborhood as NeighborhoodModel',
          Membership:
            '../neighborhoods/membership.entity#Membership as MembershipModel',
          Invite: '../neighborhoods/invite.entity#Invite as InviteModel',
          Item: '../items/item.entity#Item as ItemModel',
          Recipe: '../recipes/recipe.entity#Recipe as RecipeModel',
          Loan: '../loans/loan.entity#Loan as LoanModel',
          Extension: '../loans/extension.entity#Extension as ExtensionModel',
          Message: '../messages/message.entity#Message as MessageModel',
          Notification:
            '../notifications/notification.entity#Notification as NotificationModel',
          PushDevice: '../push/pushDevice.entity#PushDevice as PushDeviceModel',
          DeliverySettings:
            '../topics/topics.reads#DeliveryChoices as DeliverySettingsModel',
          Report: '../reports/report.entity#Report as ReportModel',
          Task: '../tasks/task#Task as TaskModel',
        },
        scalars: { ID: 'string', DateTime: 'Date', Date: 'string' },
      },
    },
    'api/generated/validators.ts': validators,
    'api/generated/operations.ts': {
      documents: 'api/**/*.ts',
      plugins: ['typescript', 'typescript-operations'],
      config: {
        ...types,
        onlyOperationTypes: true,
        scalars: { ID: 'string', DateTime: 'string', Date: 'string' },
      },
    },
    'api/mail/generated/templates.ts': {
      preset: mailTemplates,
      plugins: [],
      watchPattern: 'api/mail/mail.{mjml,txt}',
    },
    'web/generated/types.ts': {
      preset: typedDocuments,
      documents: [
        'web/**/*.{ts,tsx}',
        '!web/generated/**',
        '!web/**/*.test.{ts,tsx}',
      ],
      plugins: ['typescript', 'typescript-operations'],
      config: {
        ...types,
        // Components read only the fields of their own fragment: Apollo Client's data masking.
        inlineFragmentTypes: 'mask',
        customDirectives: { apolloUnmask: true },
        scalars: { ID: 'string', DateTime: 'string', Date: 'string' },
      },
    },
    'web/generated/validators.ts': validators,
    'web/generated/languages/': {
      preset: webLanguages,
      plugins: [],
      watchPattern: 'languages/**/*.json',
    },
    'api/generated/languages.ts': {
      preset: apiLanguages,
      plugins: [],
      watchPattern: 'languages/**/*.json',
    },
  },
};

export default config;
