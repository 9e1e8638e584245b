/*
 * The same program as `pulumi new azure-typescript` begins one: with the index of each provider. Other modules of it import
 * their part of azure-native besides, which costs nothing more then.
 */
/* eslint-disable no-restricted-syntax -- what the program is measured against */
import * as azure from "@pulumi/azure-native";
import * as azuread from "@pulumi/azuread";
import * as kubernetes from "@pulumi/kubernetes";
import "./mocked";

// Named, or they would not be loaded.
void [azure, azuread, kubernetes];
