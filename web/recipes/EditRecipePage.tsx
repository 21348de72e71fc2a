import { useMutation, useQuery } from '@apollo/client/react';
import { Button, Paper } from '@mantine/core';
import { Link, Navigate, useNavigate, useParams } from 'react-router';
import { graphql } from '../apollo/graphql';
import { USER_ERROR_FIELDS } from '../apollo/userErrorFields';
import { t } from '../languages/texts';
import { InputForm } from '../ui/InputForm';
import { NotFoundMessage } from '../ui/NotFoundMessage';
import { Page } from '../ui/Page';
import { PagePending } from '../ui/PagePending';
import type { RecipeValues } from './RecipeFields';
import { equipmentField, RecipeFields, toEquipment } from './RecipeFields';
import { toastDone } from '../ui/toast';
import { useInputForm } from '../ui/useInputForm';
import { UpdateRecipeInputSchema } from '../generated/validators';
import { paths } from '../paths';

const EDIT_RECIPE = graphql(`
  query EditRecipe($id: ID!) {
    me {
      id
    }
    recipe(id: $id) {
      id
      title
      minutesToComplete
      instructions
      equipment
      author {
        id
      }
    }
  }
`);

const UPDATE_RECIPE = graphql(
  `
    mutation UpdateRecipe($input: UpdateRecipeInput!) {
      updateRecipe(input: $input) {
        recipe {
          id
          title
          minutesToComplete
          instructions
          equipment
          updatedAt
        }
        errors {
          ...UserErrorFields @unmask
        }
      }
    }
  `,
  [USER_ERROR_FIELDS],
);

/** Edit page of a recipe, for its author. */
export function EditRecipePage() {
  const { id = '' } = useParams();
  const { data, error, refetch } = useQuery(EDIT_RECIPE, { variables: { id } });

  if (!data)
    return (
      <PagePending
        title={t('recipes.editTitle')}
        size="sm"
        error={error}
        retry={refetch}
      />
    );

  const { me, recipe } = data;
  if (!recipe)
    return (
      <NotFoundMessage title={t('recipes.notFound')}>
        {t('recipes.notFoundText')}
      </NotFoundMessage>
    );
  if (recipe.author.id !== me.id)
    return <Navigate to={paths.recipe(recipe.id)} replace />;

  const { title, minutesToComplete, instructions, equipment } = recipe;
  return (
    <EditForm
      key={recipe.id}
      id={recipe.id}
      saved={{
        title,
        minutesToComplete,
        instructions,
        equipment: equipment.join('\n'),
      }}
    />
  );
}

const SCHEMA = UpdateRecipeInputSchema.omit({
  recipeId: true,
  id: true,
  tools: true,
}).extend(equipmentField);

function EditForm({ id, saved }: { id: string; saved: RecipeValues }) {
  const navigate = useNavigate();
  const [updateRecipe] = useMutation(UPDATE_RECIPE);

  const handle = useInputForm({
    schema: SCHEMA,
    initialValues: saved,
    draft: paths.editRecipe(id),
    send: async ({ equipment, ...input }) => {
      const { data } = await updateRecipe({
        variables: {
          input: {
            ...input,
            recipeId: id,
            equipment: toEquipment(equipment),
          },
        },
      });
      const { recipe, errors } = data?.updateRecipe ?? {};
      if (recipe) {
        toastDone(t('recipes.saved'));
        await navigate(paths.recipe(id), { replace: true });
      }
      return errors ?? [];
    },
  });

  return (
    <Page title={t('recipes.editTitle')} size="sm">
      <Paper className="surface" p="lg">
        <InputForm
          handle={handle}
          submitLabel={t('recipes.save')}
          secondary={
            <Button component={Link} to={paths.recipe(id)} variant="subtle">
              {t('recipes.backToRecipe')}
            </Button>
          }
        >
          <RecipeFields form={handle.form} />
        </InputForm>
      </Paper>
    </Page>
  );
}
