#include "provider/clouds/aws/resources/ec2/route.h"

#include "provider/clouds/aws/resources/ec2/testing.h"

namespace palisade::aws::ec2 {
namespace {

using ::testing::Contains;
using ::testing::ElementsAre;
using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;

const std::string kTable = "rtb-0123456789abcdef0";
const std::string kIgw = "igw-0123456789abcdef0";
const std::string kNat = "nat-0123456789abcdef0";
const std::string kEndpoint = "vpce-0123456789abcdef0";
const std::string kId = kTable + "|0.0.0.0/0";
const std::string kDescribe = "DescribeRouteTables RouteTableId.1=" + kTable;
const std::string kToAll = "RouteTableId=" + kTable + "&DestinationCidrBlock=0.0.0.0/0";
const PropertyMap kInputs{
    {"routeTableId", kTable}, {"destinationCidrBlock", "0.0.0.0/0"}, {"gatewayId", kIgw}};

PropertyMap With(const char* target, PropertyValue text) {
  PropertyMap inputs = kInputs;
  inputs.erase("gatewayId");
  inputs[target] = std::move(text);
  return inputs;
}

std::string RouteItem(const std::string& destination, const std::string& target,
                      const std::string& text, const std::string& state = "active",
                      const std::string& origin = "CreateRoute") {
  return Item(Element(destination.find(':') == std::string::npos ? "destinationCidrBlock"
                                                                 : "destinationIpv6CidrBlock",
                      destination) +
              Element(target, text) + Element("state", state) + Element("origin", origin));
}
const std::string kLocal =
    RouteItem("10.0.0.0/16", "gatewayId", "local", "active", "CreateRouteTable");

std::string Tables(const std::string& routes) {
  return List("routeTableSet",
              Item(Element("routeTableId", kTable) + List("routeSet", kLocal + routes)));
}
const std::string kToIgw = RouteItem("0.0.0.0/0", "gatewayId", kIgw);

TEST(Route, IsMadeInTwoRequests) {
  World world;
  const Route type(*world.cloud);
  world.On("CreateRoute " + kToAll + "&GatewayId=" + kIgw).On(kDescribe, Tables(kToIgw));
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.id, kId);
  EXPECT_EQ(made.outputs.at("cidrBlock"), PropertyValue("0.0.0.0/0"));
}

TEST(Route, SendsEveryDestinationAndTarget) {
  const std::pair<std::string, std::string> kTargets[] = {
      {"natGatewayId", "NatGatewayId"},
      {"transitGatewayId", "TransitGatewayId"},
      {"vpcPeeringConnectionId", "VpcPeeringConnectionId"},
      {"networkInterfaceId", "NetworkInterfaceId"},
      {"instanceId", "InstanceId"},
      {"egressOnlyInternetGatewayId", "EgressOnlyInternetGatewayId"},
      {"carrierGatewayId", "CarrierGatewayId"},
      {"localGatewayId", "LocalGatewayId"},
      {"coreNetworkArn", "CoreNetworkArn"}};
  for (const auto& [input, wire] : kTargets) {
    World world;
    const Route type(*world.cloud);
    world.On("CreateRoute " + kToAll + "&" + wire + "=x")
        .On(kDescribe, Tables(RouteItem("0.0.0.0/0", input, "x")));
    EXPECT_TRUE(world.Create(type, With(input.c_str(), "x")).status.ok()) << input;
  }
  World world;
  const Route type(*world.cloud);
  world
      .On("CreateRoute RouteTableId=" + kTable + "&DestinationIpv6CidrBlock=::/0&GatewayId=" + kIgw)
      .On(kDescribe, Tables(RouteItem("::/0", "gatewayId", kIgw)));
  PropertyMap inputs = kInputs;
  inputs.erase("destinationCidrBlock");
  inputs["destinationIpv6CidrBlock"] = "0:0::/0";
  EXPECT_EQ(world.Create(type, inputs).id, kTable + "|::/0");
  inputs.erase("destinationIpv6CidrBlock");
  inputs["destinationPrefixListId"] = "pl-12345678";
  world
      .On("CreateRoute RouteTableId=" + kTable +
          "&DestinationPrefixListId=pl-12345678&GatewayId=" + kIgw)
      .On(kDescribe, Tables(Item(Element("destinationPrefixListId", "pl-12345678") +
                                 Element("gatewayId", kIgw))));
  EXPECT_EQ(world.Create(type, inputs).id, kTable + "|pl-12345678");
}

TEST(Route, TheIdHoldsTheCanonicalRange) {
  World world;
  const Route type(*world.cloud);
  world
      .On("CreateRoute RouteTableId=" + kTable +
          "&DestinationCidrBlock=192.0.2.0/24&GatewayId=" + kIgw)
      .On(kDescribe, Tables(RouteItem("192.0.2.0/24", "gatewayId", kIgw)));
  PropertyMap inputs = kInputs;
  inputs["destinationCidrBlock"] = "192.0.2.7/24";
  const Made made = world.Create(type, inputs);
  EXPECT_EQ(made.id, kTable + "|192.0.2.0/24");
  EXPECT_EQ(type.Preview({inputs, nullptr, nullptr, world.clock, *world.settings}),
            (PropertyMap{{"cidrBlock", "192.0.2.0/24"}}));
}

TEST(Route, WaitsForAnEndpointThatIsNotKnownYet) {
  World world;
  const Route type(*world.cloud);
  const std::string create = "CreateRoute " + kToAll + "&VpcEndpointId=" + kEndpoint;
  // Endpoints are told as gateways.
  world.Refuse(create, "InvalidVpcEndpointId.NotFound")
      .On(create)
      .On(kDescribe, Tables(""))
      .On(kDescribe, Tables(RouteItem("0.0.0.0/0", "gatewayId", kEndpoint)));
  const Made made = world.Create(type, With("vpcEndpointId", kEndpoint));
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_EQ(made.outputs.at("vpcEndpointId"), PropertyValue(kEndpoint));
  EXPECT_THAT(world.reporter.statuses, Contains(HasSubstr("the VPC endpoint " + kEndpoint)));
}

TEST(Route, WarnsOfABlackHole) {
  World world;
  const Route type(*world.cloud);
  world.On("CreateRoute " + kToAll + "&GatewayId=" + kIgw)
      .On(kDescribe, Tables(RouteItem("0.0.0.0/0", "gatewayId", kIgw, "blackhole")));
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
  EXPECT_THAT(world.reporter.warnings, ElementsAre(HasSubstr("black hole")));
}

TEST(Route, AnEqualOneIsTakenOverAndOutlivesItsPredecessor) {
  World world;
  const Route type(*world.cloud);
  world.Refuse("CreateRoute " + kToAll + "&GatewayId=" + kIgw, "RouteAlreadyExists")
      .On(kDescribe, Tables(kToIgw))
      .On(kDescribe, Tables(kToIgw));
  const Made made = world.Create(type, kInputs);
  ASSERT_TRUE(made.status.ok()) << made.status;
  EXPECT_THAT(world.reporter.warnings, ElementsAre(HasSubstr("takes the route over")));
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
}

TEST(Route, AnotherOneIsAnErrorThatNamesItAndTheImport) {
  World world;
  const Route type(*world.cloud);
  world.Refuse("CreateRoute " + kToAll + "&GatewayId=" + kIgw, "RouteAlreadyExists")
      .On(kDescribe, Tables(RouteItem("0.0.0.0/0", "natGatewayId", kNat)));
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(base::CloudCodeOf(made.status), "RouteAlreadyExists");
  EXPECT_THAT(base::Message(made.status), HasSubstr("the NAT gateway " + kNat));
  EXPECT_THAT(base::Message(made.status), HasSubstr("pulumi import"));
  EXPECT_THAT(base::Message(made.status), HasSubstr(kId));
  EXPECT_FALSE(made.recorded);
}

TEST(Route, ALostReplyAndThrottlingAreAskedAgain) {
  World world;
  const Route type(*world.cloud);
  const std::string create = "CreateRoute " + kToAll + "&GatewayId=" + kIgw;
  world.Refuse(create, "RequestLimitExceeded", 503)
      .Lose(create)
      .On(create)
      .On(kDescribe, Tables(kToIgw));
  EXPECT_TRUE(world.Create(type, kInputs).status.ok());
}

TEST(Route, ACancelledWaitKeepsTheId) {
  World world;
  const Route type(*world.cloud);
  world.On("CreateRoute " + kToAll + "&GatewayId=" + kIgw).Cancel(kDescribe, Tables(""));
  const Made made = world.Create(type, kInputs);
  EXPECT_EQ(made.status.code(), absl::StatusCode::kCancelled);
  EXPECT_TRUE(made.recorded);
}

TEST(Route, OneThatNeverShowsIsAPartialCreation) {
  World world;
  const Route type(*world.cloud);
  world.transport.Otherwise([](const http::Request& request) -> World::Answer {
    const std::string line = LineOf(request);
    return aws::testing::Reply(line.substr(0, line.find(' ')), Tables(""));
  });
  const Made made = world.Create(type, kInputs);
  EXPECT_THAT(base::Message(made.status), HasSubstr("no target"));
  EXPECT_TRUE(made.recorded);
}

TEST(Route, ChangesItsTargetInPlace) {
  World world;
  const Route type(*world.cloud);
  world.On("ReplaceRoute " + kToAll + "&NatGatewayId=" + kNat)
      .On(kDescribe, Tables(kToIgw))
      .On(kDescribe, Tables(RouteItem("0.0.0.0/0", "natGatewayId", kNat)));
  const auto updated = world.Update(type, kId, kInputs, With("natGatewayId", kNat));
  ASSERT_TRUE(updated.ok()) << updated.status();
  EXPECT_EQ(updated->at("natGatewayId"), PropertyValue(kNat));
  EXPECT_THAT(world.Diff(type, kInputs, With("natGatewayId", kNat), {"destinationCidrBlock"}),
              ElementsAre("gatewayId", "natGatewayId"));
}

TEST(Route, BitsBehindThePrefixAreNoChange) {
  const World world;
  const Route type(*world.cloud);
  PropertyMap olds = kInputs, news = kInputs;
  olds["destinationCidrBlock"] = "192.0.2.7/24";
  news["destinationCidrBlock"] = "192.0.2.0/24";
  EXPECT_THAT(world.Diff(type, olds, news, {"destinationCidrBlock"}), IsEmpty());
  news["destinationCidrBlock"] = "192.0.3.0/24";
  EXPECT_THAT(world.Diff(type, olds, news, {"destinationCidrBlock"}),
              ElementsAre("destinationCidrBlock!"));
}

TEST(Route, ReadsItsTargetInTheUsersWords) {
  World world;
  const Route type(*world.cloud);
  const std::string both =
      Item(Element("destinationCidrBlock", "0.0.0.0/0") + Element("instanceId", "i-1") +
           Element("networkInterfaceId", "eni-1") + Element("origin", "CreateRoute"));
  for (const auto& [input, text] : {std::pair("instanceId", "i-1"), {"instanceId", "i-9"}}) {
    world.On(kDescribe, Tables(both));
    const auto read = world.Read(type, kId, With(input, text));
    ASSERT_TRUE(read.ok() && *read) << read.status();
    EXPECT_EQ((*read)->inputs.at("instanceId"), PropertyValue("i-1"));
    EXPECT_FALSE((*read)->inputs.contains("networkInterfaceId"));
  }
  world.On(kDescribe, Tables(both));
  const auto imported = world.Import(type, kId);
  ASSERT_TRUE(imported.ok() && *imported) << imported.status();
  EXPECT_EQ((*imported)->inputs.at("networkInterfaceId"), PropertyValue("eni-1"));
  world.On(kDescribe, Tables(RouteItem("0.0.0.0/0", "gatewayId", kEndpoint)));
  const auto endpoint = world.Import(type, kId);
  ASSERT_TRUE(endpoint.ok() && *endpoint) << endpoint.status();
  EXPECT_EQ((*endpoint)->inputs.at("vpcEndpointId"), PropertyValue(kEndpoint));
}

TEST(Route, IsImportedByItsIdAndByThatOfAws) {
  World world;
  const Route type(*world.cloud);
  for (const std::string& id : {kId, kTable + "_0.0.0.0/0"}) {
    world.On(kDescribe, Tables(kToIgw));
    const auto read = world.Import(type, id);
    ASSERT_TRUE(read.ok() && *read) << read.status();
    EXPECT_EQ((*read)->id, kId);
    EXPECT_EQ((*read)->inputs, kInputs);
  }
  EXPECT_THAT(base::Message(world.Import(type, "r-rtb-01080289494").status()),
              HasSubstr("rtb-0123456789abcdef0|0.0.0.0/0"));
}

TEST(Route, IsGoneWithItsTableWithoutItAndWhenOnlyAGatewayTellsIt) {
  World world;
  const Route type(*world.cloud);
  world.Refuse(kDescribe, "InvalidRouteTableID.NotFound");
  EXPECT_FALSE(world.Read(type, kId, kInputs)->has_value());
  world.On(kDescribe, Tables(""));
  EXPECT_FALSE(world.Read(type, kId, kInputs)->has_value());
  world.On(kDescribe, Tables(RouteItem("0.0.0.0/0", "gatewayId", "vgw-1", "active",
                                       "EnableVgwRoutePropagation")));
  EXPECT_FALSE(world.Read(type, kId, kInputs)->has_value());
}

TEST(Route, IsDeletedAndMissed) {
  World world;
  const Route type(*world.cloud);
  world.On("DeleteRoute " + kToAll)
      .On(kDescribe, Tables(kToIgw))
      .On(kDescribe, Tables(""))
      .Refuse("DeleteRoute " + kToAll, "InvalidRoute.NotFound")
      .Refuse("DeleteRoute " + kToAll, "InvalidRouteTableID.NotFound");
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
  EXPECT_TRUE(world.Delete(type, kId, kInputs).ok());
  // An id of aws is a hash; the inputs tell which route it is.
  EXPECT_TRUE(world.Delete(type, "r-rtb-01080289494", kInputs).ok());
}

TEST(Route, TheRouteInsideTheVpcIsImportedMovedAndGivenBack) {
  World world;
  const Route type(*world.cloud);
  const std::string inside = "RouteTableId=" + kTable + "&DestinationCidrBlock=10.0.0.0/16";
  PropertyMap local = kInputs;
  local["destinationCidrBlock"] = "10.0.0.0/16";
  local["gatewayId"] = "local";
  EXPECT_THAT(base::Message(world.Create(type, local).status), HasSubstr("pulumi import"));

  const std::string moved =
      List("routeTableSet", Item(Element("routeTableId", kTable) +
                                 List("routeSet", RouteItem("10.0.0.0/16", "gatewayId", kEndpoint,
                                                            "active", "CreateRouteTable"))));
  PropertyMap through = local;
  through.erase("gatewayId");
  through["vpcEndpointId"] = kEndpoint;
  const std::string id = kTable + "|10.0.0.0/16";
  world.On("ReplaceRoute " + inside + "&VpcEndpointId=" + kEndpoint).On(kDescribe, moved);
  EXPECT_TRUE(world.Update(type, id, local, through).ok());
  world.On("ReplaceRoute " + inside + "&LocalTarget=true").On(kDescribe, Tables(""));
  EXPECT_TRUE(world.Update(type, id, through, local).ok());
  world.Refuse("DeleteRoute " + inside, "InvalidParameterValue")
      .On(kDescribe, moved)
      .On("ReplaceRoute " + inside + "&LocalTarget=true");
  EXPECT_TRUE(world.Delete(type, id, through).ok());
  world.Refuse("DeleteRoute " + kToAll, "InvalidParameterValue").On(kDescribe, Tables(kToIgw));
  EXPECT_FALSE(world.Delete(type, kId, kInputs).ok());
}

TEST(Route, ListsWhatSomebodyMade) {
  World world;
  const Route type(*world.cloud);
  world.On("DescribeRouteTables MaxResults=50", Tables(kToIgw) + Element("nextToken", "t"));
  const auto list = world.List(type);
  ASSERT_TRUE(list.ok()) << list.status();
  ASSERT_EQ(list->items.size(), 1u);
  EXPECT_EQ(list->items[0].id, kId);
  EXPECT_EQ(list->continuation, "t");
}

TEST(Route, CheckWantsOneDestinationAndOneTarget) {
  const World world;
  const Route type(*world.cloud);
  const auto failures = [&](const PropertyMap& inputs) {
    return world.Check(type, inputs).failures;
  };
  EXPECT_THAT(failures({{"routeTableId", kTable}}),
              ElementsAre("destinationCidrBlock aws.ec2.destination", "gatewayId aws.ec2.target"));
  PropertyMap two = kInputs;
  two["natGatewayId"] = kNat;
  EXPECT_THAT(failures(two), ElementsAre("natGatewayId aws.ec2.target"));
  two = kInputs;
  two["destinationIpv6CidrBlock"] = "::/0";
  EXPECT_THAT(failures(two), ElementsAre("destinationIpv6CidrBlock aws.ec2.destination"));
  two = kInputs;
  two["routeTableId"] = "vpc-0123456789abcdef0";
  EXPECT_THAT(failures(two), ElementsAre("routeTableId aws.ec2.id"));
  EXPECT_THAT(failures(With("egressOnlyInternetGatewayId", "eigw-0123456789abcdef0")),
              ElementsAre("egressOnlyInternetGatewayId aws.ec2.family"));
  EXPECT_THAT(failures(With("coreNetworkArn", "arn:aws:ec2:eu-west-1:1:vpc/vpc-1")),
              ElementsAre("coreNetworkArn aws.arn"));
  EXPECT_THAT(failures(With("gatewayId", "local")), IsEmpty());
  EXPECT_THAT(type.ExplainUnknown("egressOnlyGatewayId"),
              ::testing::Optional(HasSubstr("egressOnlyInternetGatewayId")));
}

TEST(Route, CheckSaysWhichPropertyAnIdBelongsTo) {
  const World world;
  const Route type(*world.cloud);
  const Checked nat = world.Check(type, With("gatewayId", kNat));
  EXPECT_THAT(nat.failures, ElementsAre("gatewayId aws.ec2.id"));
  EXPECT_THAT(nat.text, HasSubstr("write it as natGatewayId"));
  const Checked endpoint = world.Check(type, With("gatewayId", kEndpoint));
  EXPECT_THAT(endpoint.text, HasSubstr("write it as vpcEndpointId"));
  const Checked igw = world.Check(type, With("natGatewayId", kIgw));
  EXPECT_THAT(igw.text, HasSubstr("write it as gatewayId"));
  EXPECT_THAT(world.Check(type, With("gatewayId", "subnet-0123456789abcdef0")).failures,
              ElementsAre("gatewayId aws.ec2.id"));
}

TEST(Route, AnEndpointThatCarriesItsZoneFailsWithTheFix) {
  const World world;
  const Route type(*world.cloud);
  const Checked checked = world.Check(type, With("vpcEndpointId", "eu-west-1a:" + kEndpoint));
  EXPECT_THAT(checked.failures, ElementsAre("vpcEndpointId aws.ec2.endpoint-zone"));
  EXPECT_THAT(checked.text, HasSubstr("endpointIdsByZone"));
  EXPECT_THAT(checked.text, HasSubstr("\"eu-west-1a\""));
}

TEST(Route, UnknownsPassCheck) {
  const World world;
  const Route type(*world.cloud);
  ExpectUnknownsPass(world, type, kInputs);
  ExpectUnknownsPass(world, type, With("vpcEndpointId", kEndpoint));
}

TEST(Route, ReadsTheStateOfTheClassicPackage) {
  const World world;
  const Route type(*world.cloud);
  PropertyMap inputs{{"routeTableId", kTable},
                     {"destinationIpv6CidrBlock", "::/0"},
                     {"egressOnlyGatewayId", "eigw-1"}};
  PropertyMap outputs = inputs;
  outputs["id"] = "r-rtb-01080289494";
  outputs["gatewayId"] = "";
  outputs["destinationCidrBlock"] = "";
  outputs["state"] = "active";
  type.Migrate(0, inputs, outputs);
  EXPECT_EQ(inputs, (PropertyMap{{"routeTableId", kTable},
                                 {"destinationIpv6CidrBlock", "::/0"},
                                 {"egressOnlyInternetGatewayId", "eigw-1"}}));
  EXPECT_EQ(outputs.at("cidrBlock"), PropertyValue("::/0"));
  EXPECT_FALSE(outputs.contains("gatewayId"));
}

}  // namespace
}  // namespace palisade::aws::ec2
