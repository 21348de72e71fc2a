import type {
  GraphQLField,
  GraphQLInputField,
  GraphQLNamedType,
  GraphQLSchema,
} from 'graphql';
import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isInterfaceType,
  isObjectType,
  isScalarType,
  isUnionType,
} from 'graphql';
import { Deprecation, Field, Inputs } from './Field';
import { Markdown } from './Markdown';

type TypeProps = { schema: GraphQLSchema; type: GraphQLNamedType };

/** Describes a type with its fields or values, and where it is used. */
export function Type({ schema, type }: TypeProps) {
  const uses = usesOf(schema, type);
  return (
    <article id={type.name} data-entry={type.name}>
      <h3>
        <a href={`#${type.name}`}>{type.name}</a>
      </h3>
      <Markdown schema={schema} text={type.description ?? ''} />
      {isScalarType(type) && type.specifiedByURL != null && (
        <p>
          Specified at <a href={type.specifiedByURL}>{type.specifiedByURL}</a>
        </p>
      )}
      <Relations schema={schema} type={type} />
      {uses.length > 0 && (
        <details className="uses">
          <summary>
            Used in {uses.length} {uses.length === 1 ? 'place' : 'places'}
          </summary>
          <ul>
            {uses.map((use) => (
              <li key={use}>
                <a href={`#${use}`}>
                  <code>{use}</code>
                </a>
              </li>
            ))}
          </ul>
        </details>
      )}
      <Members schema={schema} type={type} />
    </article>
  );
}

function Members({ schema, type }: TypeProps) {
  const { name } = type;
  if (isInputObjectType(type))
    return (
      <Inputs
        schema={schema}
        owner={name}
        inputs={Object.values(type.getFields())}
      />
    );
  if (isObjectType(type) || isInterfaceType(type))
    return Object.values(type.getFields()).map((field) => (
      <Field key={field.name} schema={schema} owner={name} field={field} />
    ));
  if (!isEnumType(type)) return null;
  return (
    <dl className="inputs">
      {type
        .getValues()
        .map(({ name: value, description, deprecationReason }) => (
          <div
            key={value}
            id={`${name}.${value}`}
            data-entry={`${name}.${value}`}
          >
            <dt>
              <code>{value}</code>
            </dt>
            <dd>
              <Deprecation schema={schema} reason={deprecationReason} />
              <Markdown schema={schema} text={description ?? ''} />
            </dd>
          </div>
        ))}
    </dl>
  );
}

/** Lists the interfaces of a type, and the types of an interface or union. */
function Relations({ schema, type }: TypeProps) {
  const implemented = isObjectType(type) ? type.getInterfaces() : [];
  const possible =
    isInterfaceType(type) || isUnionType(type)
      ? schema.getPossibleTypes(type)
      : [];
  const related = [...implemented, ...possible];
  return related.length === 0 ? null : (
    <p>
      {implemented.length > 0 ? 'Implements ' : 'One of '}
      {related.map(({ name }, index) => (
        <span key={name}>
          {index > 0 && ', '}
          <a href={`#${name}`}>
            <code>{name}</code>
          </a>
        </span>
      ))}
    </p>
  );
}

/** Lists the anchors of the fields that return or take a type. */
function usesOf(schema: GraphQLSchema, wanted: GraphQLNamedType): string[] {
  return Object.values(schema.getTypeMap())
    .filter(({ name }) => !name.startsWith('__'))
    .flatMap((type) => {
      if (
        !isObjectType(type) &&
        !isInterfaceType(type) &&
        !isInputObjectType(type)
      )
        return [];
      const fields = Object.values<
        GraphQLField<unknown, unknown> | GraphQLInputField
      >(type.getFields());
      return fields
        .filter((field) =>
          [field, ...('args' in field ? field.args : [])].some(
            (each) => getNamedType(each.type) === wanted,
          ),
        )
        .map((field) => `${type.name}.${field.name}`);
    });
}
