import { useMutation } from '@apollo/client/react';
import { Paper } from '@mantine/core';
import { useNavigate, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { prependNode } from '../apollo/prependNode';
import { InputForm } from '../ui/InputForm';
import { Page } from '../ui/Page';
import { RECIPE_CARD } from './RecipeCard';
import type { RecipeValues } from './RecipeFields';
import { RecipeFields } from './RecipeFields';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { CreateRecipeInputSchema } from '../generated/validators';
import { paths } from '../paths';

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
  tools: '',
};

/** Write a recipe down and share it. */
export function NewRecipePage() {
  const { id: neighborhoodId = '' } = useParams();
  const navigate = useNavigate();
  const [createRecipe] = useMutation(CREATE_RECIPE, {
    update: (cache, { data }) => {
      const recipe = data?.createRecipe?.recipe;
      if (recipe) prependNode(cache, 'recipes', neighborhoodId, recipe);
    },
  });

  const handle = useInputForm({
    schema: CreateRecipeInputSchema,
    initialValues: { ...EMPTY, neighborhoodId },
    draft: paths.newRecipe(neighborhoodId),
    send: async (input) => {
      const { data } = await createRecipe({ variables: { input } });
      const { recipe, errors } = data?.createRecipe ?? {};
      if (recipe) {
        toastDone('Shared! Your neighbors can read it now.');
        await navigate(paths.recipe(recipe.id), { replace: true });
      }
      return errors ?? [];
    },
  });

  return (
    <Page
      title="Share a recipe"
      lead="Write it down as you would tell it to a friend."
      size="sm"
    >
      <Paper className="surface" p="lg">
        <InputForm handle={handle} submitLabel="Share it">
          <RecipeFields form={handle.form} />
        </InputForm>
      </Paper>
    </Page>
  );
}
