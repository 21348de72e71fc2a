import type { GraphQLType } from 'graphql';
import { getNamedType, isSpecifiedScalarType } from 'graphql';

/** Shows a type as `[Item!]!`, with a link to its description. */
export function TypeName({ type }: { type: GraphQLType }) {
  const { name } = getNamedType(type);
  const [before = '', after = ''] = String(type).split(name);
  const isBuiltIn = isSpecifiedScalarType(getNamedType(type));
  return (
    <code className="type">
      {before}
      {isBuiltIn ? name : <a href={`#${name}`}>{name}</a>}
      {after}
    </code>
  );
}
