import { useMutation } from '@apollo/client/react';
import { Paper } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { prependNode, type CachedConnection } from '../apollo/prependNode';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
import { InputForm } from '../ui/InputForm';
import { Page } from '../ui/Page';
import { RECIPE_CARD } from './RecipeCard';
import type { RecipeValues } from './RecipeFields';
import { equipmentField, RecipeFields, toEquipment } from './RecipeFields';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { CreateRecipeInputSchema } from '../generated/validators';
import { paths } from '../paths';
import type {
  ApolloCache,
  ModifierDetails,
  Reference,
  StoreObject,
} from '@apollo/client/cache';

const CREATE_RECIPE = graphql(
  `
    mutation CreateRecipe($input: CreateRecipeInput!) {
      createRecipe(input: $input) {
        recipe {
          id
          ...RecipeCard_recipe
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [RECIPE_CARD, USER_ERROR_FIELDS],
);

const EMPTY: RecipeValues = {
  title: '',
  minutesToComplete: '',
  instructions: '',
  equipment: '',
};

const SCHEMA = CreateRecipeInputSchema.omit({ tools: true }).extend(
  equipmentField,
);

/** Page that creates a recipe. */
export function NewRecipePage() {
  const { id: neighborhoodId = '' } = useParams();
  const navigate = useNavigate();
  const [createRecipe] = useMutation(CREATE_RECIPE, {
    update: (cache, { data }) => {
      const recipe = data?.createRecipe?.recipe;
      if (recipe) prependRecipe(cache, neighborhoodId, recipe);
    },
  });

  const handle = useInputForm({
    schema: SCHEMA,
    initialValues: { ...EMPTY, neighborhoodId },
    draft: paths.newRecipe(neighborhoodId),
    send: async ({ equipment, ...input }) => {
      const { data } = await createRecipe({
        variables: { input: { ...input, equipment: toEquipment(equipment) } },
      });
      const { recipe, errors } = data?.createRecipe ?? {};
      if (recipe) {
        toastDone(t('recipes.shared'));
        await navigate(paths.recipe(recipe.id), { replace: true });
      }
      return errors ?? [];
    },
  });

  return (
    <Page title={t('recipes.share')} lead={t('recipes.shareLead')} size="sm">
      <Paper className="surface" p="lg">
        <InputForm handle={handle} submitLabel={t('recipes.shareSubmit')}>
          <RecipeFields form={handle.form} />
        </InputForm>
      </Paper>
    </Page>
  );
}

/** The arguments that identify a list. */
type Arguments = { neighborhoodId?: string; search?: unknown };

/**
 * Prepends a new recipe to the list of its neighborhood. Lists with a search are evicted
 * and fetched again: only the server knows whether the recipe belongs to them.
 * @param recipe the result of the mutation that created it
 */
function prependRecipe(
  cache: ApolloCache,
  neighborhoodId: string,
  recipe: StoreObject & { __typename?: string },
): void {
  const modify = (
    list: CachedConnection | Reference,
    details: ModifierDetails,
  ) => {
    const { search, ...where } = argumentsOf(details);
    const node = details.toReference(recipe);
    if (details.isReference(list) || !node) return list;
    if (where.neighborhoodId !== neighborhoodId) return list;
    if (search != null && search !== '') return details.DELETE;
    return prependNode(list, 'RecipeEdge', node);
  };
  cache.modify<{ recipes: CachedConnection }>({ fields: { recipes: modify } });
}

/** Reads the arguments from the field's name in the cache: `recipes:{"first":12,"neighborhoodId":"…"}`. */
function argumentsOf({ fieldName, storeFieldName }: ModifierDetails) {
  const json = storeFieldName.slice(fieldName.length + 1);
  return JSON.parse(json === '' ? '{}' : json) as Arguments;
}
