import type { GraphQLCodegenDataMasking } from '@apollo/client/masking';

type Masking = GraphQLCodegenDataMasking.TypeOverrides;

declare module '@apollo/client' {
  /** A component's type shows only what its own fragment asks for, as does its data. */
  export interface TypeOverrides {
    FragmentType: Masking['FragmentType'];
    MaybeMasked: Masking['MaybeMasked'];
    Unmasked: Masking['Unmasked'];
  }
}
