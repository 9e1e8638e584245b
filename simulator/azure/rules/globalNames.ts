import { AzureError } from "../azureError";
import type { Rule } from "../subscription";
import { registryType, storageAccountType, vaultType } from "../typeTokens";
import { nameOf, sameId, textsAt } from "./ids";

/**
 * The types whose names are taken for everybody in Azure, with the answer when somebody has the name: registries
 * https://github.com/MicrosoftDocs/azure-dev-docs/issues/1303, vaults https://github.com/Esri/arcgis-gitops/issues/174,
 * storage accounts https://github.com/hashicorp/terraform/issues/11485.
 */
const takenName: Readonly<Record<string, (name: string) => AzureError>> = {
    [registryType]: (name) =>
        new AzureError(
            "AlreadyInUse",
            `The registry DNS name ${name.toLowerCase()}.azurecr.io is already in use. You can check if the name is ` +
                "already claimed using following API: " +
                "https://docs.microsoft.com/en-us/rest/api/containerregistry/registries/checknameavailability",
        ),
    [storageAccountType]: (name) =>
        new AzureError("StorageAccountAlreadyTaken", `The storage account named ${name} is already taken.`),
    [vaultType]: (name) =>
        new AzureError(
            "VaultAlreadyExists",
            `The vault name '${name}' is already in use. Vault names are globally unique so it is possible that the name ` +
                "is already taken. If you are sure that the vault name was not taken then it is possible that a vault " +
                "with the same name was recently deleted but not purged after being placed in a recoverable state. If " +
                "the vault is in a recoverable state then the vault will need to be purged before reusing the name. For " +
                "more information about VaultAlreadyExists, soft delete and purging a vault follow this link " +
                "https://go.microsoft.com/fwlink/?linkid=2147740.",
        ),
};

/** Refuses a name that another resource of the type has, wherever it is. */
export const nameMustBeFree: Rule = ({ kind, id, type }, azure) => {
    const answer = takenName[type];
    const isTaken = azure
        .all()
        .some(
            (other) => other.type === type && !sameId(other.id, id) && sameId(nameOf(other.id), nameOf(id)),
        );
    return kind === "create" && answer && isTaken ? answer(nameOf(id)) : undefined;
};

/**
 * A deleted vault keeps its name until it is purged (https://learn.microsoft.com/azure/key-vault/general/soft-delete-overview):
 * with that name a vault can be recovered but not made, and only a deleted one can be recovered. Words from
 * https://github.com/Azure/azure-cli/issues/29115 and
 * https://github.com/hashicorp/terraform-provider-azurerm/issues/12972.
 */
export const deletedVaultKeepsItsName: Rule = ({ kind, id, type, inputs }, azure) => {
    if (kind !== "create" || type !== vaultType) {
        return undefined;
    }
    const isDeleted = azure.softDeleted.some((deleted) => sameId(nameOf(deleted), nameOf(id)));
    const recovers = textsAt(inputs, "properties.createMode")[0] === "recover";
    if (isDeleted && !recovers) {
        return new AzureError(
            "ConflictError",
            "A vault with the same name already exists in deleted state. You need to either recover or purge existing key " +
                "vault. Follow this link https://go.microsoft.com/fwlink/?linkid=2149745 for more information on soft " +
                "delete.",
        );
    }
    return !isDeleted && recovers
        ? new AzureError(
              "SoftDeletedVaultDoesNotExist",
              "A soft deleted vault with the given name does not exist. Ensure that the name for the vault that is being " +
                  "attempted to recover is in a recoverable state.",
          )
        : undefined;
};
